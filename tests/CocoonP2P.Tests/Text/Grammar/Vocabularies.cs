using System.Text;
using CocoonP2P.Text.Grammar;

namespace CocoonP2P.Tests.Text.Grammar;

/// <summary>Vocabularies for tests: every byte, and pieces that run over the edges of JSON.</summary>
internal static class Vocabularies
{
    public const int EndToken = 0;

    /// <summary>An end token that says nothing, 256 bytes, and longer pieces; two ids say the same.</summary>
    public static TokenTrie Bytes { get; } = new([[], .. Enumerable.Range(0, 256).Select(b => new[] { (byte)b }), .. Pieces()]);

    public static GrammarMatcher Open(CompiledGrammar grammar) => new(grammar, grammar.Vocabulary.Vocabulary, [EndToken]);

    /// <summary>Ids that say a text, a byte each.</summary>
    public static int[] Ids(string text) => [.. Encoding.UTF8.GetBytes(text).Select(b => b + 1)];

    private static IEnumerable<byte[]> Pieces() => new[]
    {
        "{\"", "\":", "\": \"", "\", \"", "\"}", "}}", "]}", "[{", "true", "fal", "null", "\n  ", "\"a\"", "\"name\": ", "12", "00", "0.", "-1",
        "\\u00", "\\\"", "ab", "abc", "bc\"", "<tool_call>", "</tool", "\n{\"name\": \"", "é", "日本", "\"arguments\": {", "é\"", "abc",
    }.Select(Encoding.UTF8.GetBytes).Append([0xC3]).Append([0xE6, 0x97]).Append([0xA9, (byte)'"']);
}
