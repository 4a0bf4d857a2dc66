using CocoonP2P.Inference;
using CocoonP2P.Text;

namespace CocoonP2P.Jobs;

/// <summary>Decodes one answer's tokens, from whichever worker they come: text and stop strings do not notice a change.</summary>
internal sealed class AnswerText(IModelText text, IReadOnlyList<string> stop)
{
    private readonly ITextStream _stream = text.OpenStream(stop);

    /// <summary>Token ids so far: what another worker goes on from.</summary>
    public List<int> Ids { get; } = [];

    /// <summary>Whether a stop string was met: the rest is not the user's.</summary>
    public bool Stopped => _stream.Stopped;

    /// <summary>The next tokens; null where nothing can be shown yet.</summary>
    public AnswerPart.Text? Append(JobChunk chunk)
    {
        Ids.AddRange(chunk.TokenIds);
        string delta = _stream.Append(chunk.TokenIds);
        return delta.Length == 0 && chunk.Logprobs.Count == 0
            ? null
            : new AnswerPart.Text(delta) { Logprobs = [.. chunk.Logprobs.Zip(chunk.TokenIds, Decode)] };
    }

    /// <summary>What was held back; null for nothing.</summary>
    public AnswerPart.Text? Finish() => _stream.Finish() is { Length: > 0 } rest ? new AnswerPart.Text(rest) : null;

    private DecodedLogprobs Decode(TokenLogprobs likely, int id) =>
        new(text.TokenBytes(id), likely.Logprob, [.. likely.Top.Select(other => (text.TokenBytes(other.TokenId), other.Logprob))]);
}
