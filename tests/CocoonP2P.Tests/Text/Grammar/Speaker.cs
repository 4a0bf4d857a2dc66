using System.Text;
using CocoonP2P.Text.Grammar;

namespace CocoonP2P.Tests.Text.Grammar;

/// <summary>A model of random logits that is in a mild hurry, so that most answers end.</summary>
internal static class Speaker
{
    /// <summary>What it says within a grammar; null if it had not ended after so many tokens.</summary>
    public static string? Say(CompiledGrammar grammar, Random random, IReadOnlyList<int> endTokens, int vocabulary, int most = 600)
    {
        GrammarMatcher matcher = new(grammar, vocabulary, endTokens);
        List<byte> said = [];
        List<int> allowed = [];
        for (int step = 0; step < most; step++)
        {
            Read(matcher.Allowed(), allowed);
            int id = allowed[random.Next(allowed.Count)];
            if (matcher.IsWhole && (allowed.Count == endTokens.Count || random.Next(3) == 0))
            {
                id = endTokens[0];
            }
            else if (random.Next(3) == 0 && allowed.Find(i => IsHurry(grammar.Vocabulary.BytesOf(i))) is > 0 and int shut)
            {
                id = shut;
            }

            Assert.True(matcher.TryAccept(id), $"token {id} was allowed and is not accepted");
            if (endTokens.Contains(id))
            {
                return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString([.. said]);
            }

            said.AddRange(grammar.Vocabulary.BytesOf(id));
        }

        return null;
    }

    /// <summary>Whether a text is a whole answer, said in the pieces given.</summary>
    public static bool Takes(CompiledGrammar grammar, string text)
    {
        GrammarMatcher matcher = Vocabularies.Open(grammar);
        return Vocabularies.Ids(text).All(matcher.TryAccept) && matcher.IsWhole;
    }

    private static bool IsHurry(ReadOnlySpan<byte> token) => token.Length > 0 && token[0] is (byte)'}' or (byte)']' or (byte)'"';

    private static void Read(ReadOnlySpan<ulong> mask, List<int> ids)
    {
        ids.Clear();
        for (int id = 0; id < mask.Length * 64; id++)
        {
            if ((mask[id / 64] & (1UL << (id % 64))) != 0)
            {
                ids.Add(id);
            }
        }
    }
}
