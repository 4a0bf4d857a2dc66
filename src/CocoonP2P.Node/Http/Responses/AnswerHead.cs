using System.Text.Json;
using CocoonP2P.Jobs;

namespace CocoonP2P.Node.Http.Responses;

/// <summary>What every document and every chunk of an answer begins with.</summary>
/// <param name="Id">Of the answer: "chatcmpl-" or "cmpl-" and the first job.</param>
/// <param name="Kind">OpenAI's <c>object</c>, such as "chat.completion.chunk".</param>
/// <param name="Created">Seconds since 1970.</param>
/// <param name="Model">As the request named it.</param>
/// <param name="Fingerprint">The worker's determinism class, short: equal ones give equal bits.</param>
internal sealed record AnswerHead(string Id, string Kind, long Created, string Model, string Fingerprint)
{
    public static AnswerHead Of(string prefix, string kind, DateTimeOffset now, string model, AnswerPart.Accepted first) =>
        new(prefix + first.Job[..Math.Min(24, first.Job.Length)], kind, now.ToUnixTimeSeconds(), model, first.DeterminismClass);

    /// <summary>Into an object that has begun.</summary>
    public void Write(Utf8JsonWriter w)
    {
        w.WriteString("id", Id);
        w.WriteString("object", Kind);
        w.WriteNumber("created", Created);
        w.WriteString("model", Model);
        if (Fingerprint.Length > 0)
        {
            w.WriteString("system_fingerprint", Fingerprint);
        }
        else
        {
            w.WriteNull("system_fingerprint");
        }
    }
}
