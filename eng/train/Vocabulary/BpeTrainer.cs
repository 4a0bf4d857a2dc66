using System.Text;
using CocoonP2P.Text.Tokenizing;

namespace CocoonP2P.Train.Vocabulary;

/// <summary>Learns merges: the most frequent pair of neighbours becomes a token, until the vocabulary is full.</summary>
internal static class BpeTrainer
{
    /// <summary>Learns from counted pieces; ties go to the pair that sorts first, so one corpus gives one vocabulary.</summary>
    /// <param name="pieces">Each piece in the byte alphabet, with how often it occurs.</param>
    /// <param name="merges">How many to learn.</param>
    public static List<(string Left, string Right)> Learn(IReadOnlyDictionary<string, int> pieces, int merges)
    {
        List<(List<string> Symbols, int Count)> words =
            [.. pieces.Select(piece => (piece.Key.Select(symbol => symbol.ToString()).ToList(), piece.Value))];
        List<(string, string)> learnt = [];
        HashSet<string> tokens = [];
        while (learnt.Count < merges)
        {
            Dictionary<(string Left, string Right), int> pairs = [];
            foreach ((List<string> symbols, int count) in words)
            {
                for (int i = 0; i + 1 < symbols.Count; i++)
                {
                    pairs[(symbols[i], symbols[i + 1])] = pairs.GetValueOrDefault((symbols[i], symbols[i + 1])) + count;
                }
            }

            // Two ways to one token would be one entry for two merges.
            (string left, string right) = pairs
                .Where(pair => !tokens.Contains(pair.Key.Left + pair.Key.Right))
                .OrderByDescending(pair => pair.Value)
                .ThenBy(pair => pair.Key.Left, StringComparer.Ordinal)
                .ThenBy(pair => pair.Key.Right, StringComparer.Ordinal)
                .First().Key;
            learnt.Add((left, right));
            tokens.Add(left + right);
            words.ForEach(word => Join(word.Symbols, left, right));
        }

        return learnt;
    }

    /// <summary>Counts the pieces of texts as the tokenizer will cut them.</summary>
    public static Dictionary<string, int> Count(IEnumerable<string> texts)
    {
        Dictionary<string, int> pieces = [];
        DigitSplitter digits = new();
        ByteLevelSplitter words = new();
        foreach (string text in texts)
        {
            for (int at = 0; at < text.Length;)
            {
                int span = digits.FirstPiece(text.AsSpan(at));
                int length = words.FirstPiece(text.AsSpan(at, span));
                string piece = string.Concat(Encoding.UTF8.GetBytes(text.Substring(at, length)).Select(ByteAlphabet.ToChar));
                pieces[piece] = pieces.GetValueOrDefault(piece) + 1;
                at += length;
            }
        }

        return pieces;
    }

    private static void Join(List<string> symbols, string left, string right)
    {
        for (int i = 0; i + 1 < symbols.Count; i++)
        {
            if (symbols[i] == left && symbols[i + 1] == right)
            {
                symbols[i] = left + right;
                symbols.RemoveAt(i + 1);
            }
        }
    }
}
