using System.Text;
using System.Text.Json;
using CocoonP2P.Jobs;

namespace CocoonP2P.Node.Http.Responses;

/// <summary>logprobs of chat completions: each token with its bytes, since not every one is whole characters.</summary>
internal static class LogprobsJson
{
    /// <summary>Writes the member: an object where tokens are there, else null.</summary>
    public static void Write(Utf8JsonWriter w, IReadOnlyList<DecodedLogprobs> tokens)
    {
        if (tokens.Count == 0)
        {
            w.WriteNull("logprobs");
            return;
        }

        w.WriteStartObject("logprobs");
        w.WriteStartArray("content");
        foreach (DecodedLogprobs token in tokens)
        {
            w.WriteStartObject();
            Token(w, token.Bytes, token.Logprob);
            w.WriteStartArray("top_logprobs");
            foreach ((byte[] bytes, float logprob) in token.Top)
            {
                w.WriteStartObject();
                Token(w, bytes, logprob);
                w.WriteEndObject();
            }

            w.WriteEndArray();
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteNull("refusal");
        w.WriteEndObject();
    }

    private static void Token(Utf8JsonWriter w, byte[] bytes, float logprob)
    {
        w.WriteString("token", Encoding.UTF8.GetString(bytes));
        w.WriteNumber("logprob", Finite(logprob));
        w.WriteStartArray("bytes");
        foreach (byte value in bytes)
        {
            w.WriteNumberValue(value);
        }

        w.WriteEndArray();
    }

    /// <summary>JSON has no infinity; OpenAI's own stand-in for "impossible" is -9999.</summary>
    public static float Finite(float logprob) => float.IsFinite(logprob) ? logprob : -9999;
}
