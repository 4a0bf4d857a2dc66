using System.Text.Json;
using CocoonP2P.Jobs;
using CocoonP2P.Node.Http.Requests;

namespace CocoonP2P.Node.Http.Responses;

/// <summary>text_completion, in pieces.</summary>
internal sealed class CompletionChunks(AnswerHead head, EventStream stream, CompletionRequest request)
    : ChunkWriter(head, stream, request.Orders.Sum(order => order.Choices), request.Shape.IncludeUsage)
{
    private readonly int[] _offsets = new int[request.Orders.Sum(order => order.Choices)];

    /// <summary>The prompt, where it is wanted, comes once a worker took the job.</summary>
    protected override bool Says(AnswerPart part) => part is AnswerPart.Text || (part is AnswerPart.Accepted && request.Echo);

    protected override void WriteChoice(Utf8JsonWriter w, AnswerPart part, Choice choice)
    {
        w.WriteString("text", part switch
        {
            AnswerPart.Accepted => request.Orders[choice.Index / request.Choices].PromptText ?? "",
            AnswerPart.Text piece => piece.Delta,
            _ => "",
        });
        if (part is AnswerPart.Text { Logprobs: { Count: > 0 } tokens })
        {
            TextLogprobsJson.Write(w, tokens, _offsets[choice.Index]);
            _offsets[choice.Index] += tokens.Sum(token => System.Text.Encoding.UTF8.GetCharCount(token.Bytes));
        }
        else
        {
            w.WriteNull("logprobs");
        }
    }
}
