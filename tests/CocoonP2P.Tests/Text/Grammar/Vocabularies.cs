using System.Text;
using CocoonP2P.Inference;
using CocoonP2P.Models;
using CocoonP2P.Text;
using CocoonP2P.Text.Grammar;

namespace CocoonP2P.Tests.Text.Grammar;

/// <summary>Vocabularies for tests: every byte, and pieces that run over the edges of JSON.</summary>
internal static class Vocabularies
{
    public const int EndToken = 0;

    /// <summary>An end token that says nothing, 256 bytes, and longer pieces; two ids say the same.</summary>
    public static TokenTrie Bytes { get; } = new([[], .. Enumerable.Range(0, 256).Select(b => new[] { (byte)b }), .. Pieces()]);

    /// <summary>The vocabulary of a model in a folder.</summary>
    public static TokenTrie Of(string folder, string manifestFile, out int[] endTokens)
    {
        ModelManifest manifest = ManifestReader.Read(File.ReadAllBytes(Path.Combine(folder, manifestFile)));
        byte[] Read(string role) => File.ReadAllBytes(Path.Combine(folder, manifest.File(role).Path));
        ModelText text = ModelText.Load(
            new TextFacts(manifest.Name, manifest.Id, manifest.Limits.ContextTokens, manifest.Limits.MaxTokens, manifest.Llm.Vocabulary),
            Read(ModelFile.Tokenizer), Read(ModelFile.Template));
        endTokens = [.. manifest.Llm.EndTokens];
        return TokenTrie.Of(text, manifest.Llm.Vocabulary);
    }

    public static CompiledGrammar Compile(GrammarKind kind, string schema)
    {
        bool taken = GrammarCompiler.TryCompile(new OutputGrammar(kind, schema), Bytes, out CompiledGrammar? grammar, out GrammarRefusal? refusal);
        Assert.True(taken, refusal?.ToString());
        return grammar!;
    }

    public static GrammarMatcher Open(CompiledGrammar grammar) => new(grammar, grammar.Vocabulary.Vocabulary, [EndToken]);

    /// <summary>Ids that say a text, a byte each.</summary>
    public static int[] Ids(string text) => [.. Encoding.UTF8.GetBytes(text).Select(b => b + 1)];

    private static IEnumerable<byte[]> Pieces() => new[]
    {
        "{\"", "\":", "\": \"", "\", \"", "\"}", "}}", "]}", "[{", "true", "fal", "null", "\n  ", "\"a\"", "\"name\": ", "12", "00", "0.", "-1",
        "\\u00", "\\\"", "ab", "abc", "bc\"", "<tool_call>", "</tool", "\n{\"name\": \"", "é", "日本", "\"arguments\": {", "é\"", "abc",
    }.Select(Encoding.UTF8.GetBytes).Append([0xC3]).Append([0xE6, 0x97]).Append([0xA9, (byte)'"']);
}
