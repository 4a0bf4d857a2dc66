using System.Text;

namespace CocoonP2P.Text.Tokenizing;

/// <summary>
/// A unigram language model (Kudo, 2018): of all ways to cut a text into pieces the likeliest, by Viterbi. A word begins with
/// U+2581 in place of its space, the first word too.
/// </summary>
internal sealed class UnigramModel : ITokenModel
{
    /// <summary>What stands for a space.</summary>
    public const char Space = '\u2581';

    // How much less likely than the rarest piece a character without one is, as the reference has it.
    private const float UnknownPenalty = 10;

    private readonly Dictionary<string, (int Id, float Score)> _pieces;
    private readonly int _unknown;
    private readonly int _longest;
    private readonly float _unknownScore;

    /// <param name="pieces">Id and logarithm of the probability of each.</param>
    /// <param name="unknown">For a run of characters without a piece.</param>
    public UnigramModel(Dictionary<string, (int Id, float Score)> pieces, int unknown)
    {
        (_pieces, _unknown) = (pieces, unknown);
        _longest = pieces.Keys.Select(p => p.Length).DefaultIfEmpty(0).Max();
        _unknownScore = pieces.Values.Select(p => p.Score).DefaultIfEmpty(0).Min() - UnknownPenalty;
    }

    public void Encode(ReadOnlySpan<byte> piece, List<int> output)
    {
        string text = Space + Encoding.UTF8.GetString(piece).Replace(' ', Space);
        Step[] best = Best(text);
        int first = output.Count;
        for (int end = text.Length; end > 0; end = best[end].Start)
        {
            if (best[end].Id != _unknown || output.Count == first || output[^1] != _unknown)
            {
                output.Add(best[end].Id);
            }
        }

        output.Reverse(first, output.Count - first);
    }

    private Step[] Best(string text)
    {
        Step[] best = new Step[text.Length + 1];
        Array.Fill(best, new Step(float.NegativeInfinity, 0, _unknown));
        best[0] = new Step(0, 0, _unknown);
        Dictionary<string, (int Id, float Score)>.AlternateLookup<ReadOnlySpan<char>> pieces = _pieces.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int start = 0; start < text.Length; start++)
        {
            // Between the halves of a surrogate pair nothing ends.
            if (float.IsNegativeInfinity(best[start].Score))
            {
                continue;
            }

            for (int length = 1; length <= Math.Min(_longest, text.Length - start); length++)
            {
                if (pieces.TryGetValue(text.AsSpan(start, length), out (int Id, float Score) found))
                {
                    Offer(ref best[start + length], best[start].Score + found.Score, start, found.Id);
                }
            }

            int character = char.IsSurrogatePair(text, start) ? 2 : 1;
            Offer(ref best[start + character], best[start].Score + _unknownScore, start, _unknown);
        }

        return best;
    }

    private static void Offer(ref Step step, float score, int start, int id)
    {
        if (score > step.Score)
        {
            step = new Step(score, start, id);
        }
    }

    /// <param name="Score">Of the best way to here.</param>
    /// <param name="Start">Where its last piece begins.</param>
    /// <param name="Id">Its last piece.</param>
    private readonly record struct Step(float Score, int Start, int Id);
}
