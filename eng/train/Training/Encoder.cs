using CocoonP2P.Text;
using CocoonP2P.Text.Tokenizing;

namespace CocoonP2P.Train.Training;

/// <summary>Conversations as the chat template would render them, with a weight on what the assistant says.</summary>
internal static class Encoder
{
    /// <summary>An answer counts as this many tokens at most: else stories would be all that is learnt.</summary>
    private const float LongestCounted = 64;

    public static Sequence Encode(Tokenizer tokenizer, IReadOnlyList<ChatTurn> turns)
    {
        List<int> ids = [];
        List<float> weights = [];
        foreach (ChatTurn turn in turns)
        {
            int[] opening = tokenizer.Encode(MarkedText.FromTemplate($"<|{turn.Role}|>"));
            int[] content = [.. tokenizer.Encode(MarkedText.FromData(turn.Content)), Vocabulary.TokenizerFile.End];
            ids.AddRange([.. opening, .. content]);
            float weight = turn.Role == "assistant" ? Math.Min(1, LongestCounted / content.Length) : 0;
            weights.AddRange([.. opening.Select(_ => 0f), .. content.Select(_ => weight)]);
        }

        return new Sequence([.. ids], [.. weights]);
    }
}
