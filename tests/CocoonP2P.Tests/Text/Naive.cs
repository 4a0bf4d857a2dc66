using System.Text;
using System.Text.Json;
using CocoonP2P.Text.Tokenizing;

namespace CocoonP2P.Tests.Text;

/// <summary>Byte pair encoding as a textbook has it: scan all pairs, join the best, again. The right answer, slowly.</summary>
internal static class Naive
{
    private static readonly JsonElement Model = JsonDocument.Parse(TokenizerFixture.Json).RootElement.GetProperty("model");

    private static readonly Dictionary<string, int> Vocabulary =
        Model.GetProperty("vocab").EnumerateObject().ToDictionary(token => token.Name, token => token.Value.GetInt32());

    private static readonly List<string> Merges =
        [.. Model.GetProperty("merges").EnumerateArray().Select(merge => merge.GetString()!)];

    public static List<int> Encode(string text)
    {
        List<int> ids = [];
        ByteLevelSplitter splitter = new();
        for (int at = 0; at < text.Length;)
        {
            int length = splitter.FirstPiece(text.AsSpan(at));
            ids.AddRange(Join(text.Substring(at, length)).Select(symbol => Vocabulary[symbol]));
            at += length;
        }

        return ids;
    }

    private static List<string> Join(string piece)
    {
        List<string> symbols = [.. Encoding.UTF8.GetBytes(piece).Select(value => ByteAlphabet.ToChar(value).ToString())];
        while (true)
        {
            int[] ranks = [.. Enumerable.Range(0, symbols.Count - 1).Select(i => Merges.IndexOf($"{symbols[i]} {symbols[i + 1]}"))];
            int best = ranks.Where(rank => rank >= 0).DefaultIfEmpty(-1).Min();
            if (best < 0)
            {
                return symbols;
            }

            int at = Array.IndexOf(ranks, best);
            symbols[at] += symbols[at + 1];
            symbols.RemoveAt(at + 1);
        }
    }
}
