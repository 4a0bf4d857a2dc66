using System.Text;
using CocoonP2P.Inference;
using CocoonP2P.Jobs;

namespace CocoonP2P.Node.Http.Responses;

/// <summary>One of the answers to a request, put together from its parts.</summary>
internal sealed class Choice(int index)
{
    private readonly StringBuilder _text = new();
    private readonly List<DecodedLogprobs> _logprobs = [];
    private readonly List<Call> _calls = [];
    private FinishReason? _end;

    public int Index => index;

    public string Text => _text.ToString();

    public IReadOnlyList<DecodedLogprobs> Logprobs => _logprobs;

    public IReadOnlyList<Call> Calls => _calls;

    public bool IsFinished => _end is not null;

    /// <summary>As OpenAI spells it; null before the end.</summary>
    public string? Finish => _end is null ? null : Spell(_end.Value, _calls.Count > 0);

    /// <summary>Mean log probability of a token: what best_of compares.</summary>
    public float MeanLogprob => _logprobs.Count == 0 ? float.NegativeInfinity : _logprobs.Average(token => token.Logprob);

    /// <summary>Takes the next part of this choice.</summary>
    /// <param name="part">Of any kind.</param>
    /// <param name="keep">Whether text is kept: a stream has sent it on.</param>
    public void Add(AnswerPart part, bool keep)
    {
        switch (part)
        {
            case AnswerPart.Text piece when keep:
                _text.Append(piece.Delta);
                _logprobs.AddRange(piece.Logprobs);
                break;
            case AnswerPart.ToolCall { Index: int at } piece:
                if (at == _calls.Count)
                {
                    _calls.Add(new Call(piece.Id, piece.Name, new StringBuilder()));
                }

                if (keep)
                {
                    _calls[at].Arguments.Append(piece.Arguments);
                }

                break;
            case AnswerPart.Finished end:
                _end = end.Reason;
                break;
        }
    }

    private static string Spell(FinishReason reason, bool calls) => reason switch
    {
        FinishReason.Length => "length",
        _ => calls ? "tool_calls" : "stop",
    };

    /// <summary>A tool call as far as it has come.</summary>
    internal sealed record Call(string Id, string Name, StringBuilder Arguments);
}
