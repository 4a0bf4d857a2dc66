using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CocoonP2P.Text.Grammar.Automata;
using CocoonP2P.Text.Grammar.Schemas;

namespace CocoonP2P.Text.Grammar;

/// <summary>The one door from a stranger's schema to an automaton: a refusal is a value here, never an exception.</summary>
internal static class GrammarCompiler
{
    /// <summary>Any JSON object.</summary>
    public static CompiledGrammar AnyObject(TokenTrie vocabulary)
    {
        JsonParts parts = new(new AutomatonBuilder());
        return CompiledGrammar.For(parts.Build.Build(parts.Object), vocabulary);
    }

    /// <summary>What a JSON schema allows.</summary>
    public static bool TrySchema(
        ReadOnlyMemory<byte> schema, TokenTrie vocabulary,
        [NotNullWhen(true)] out CompiledGrammar? grammar, [NotNullWhen(false)] out GrammarRefusal? refusal) =>
        Try(vocabulary, parts => Rule(schema, parts), out grammar, out refusal);

    /// <summary>Calls of tools, each with the schema of its arguments; empty for any object.</summary>
    /// <param name="tools">1 to <see cref="GrammarLimits.Tools"/>.</param>
    /// <param name="isFree">Whether the answer may be text instead.</param>
    /// <param name="isParallel">Whether it may hold several calls.</param>
    /// <param name="vocabulary">Of the model.</param>
    /// <param name="grammar">What was compiled.</param>
    /// <param name="refusal">Why not.</param>
    public static bool TryTools(
        IReadOnlyList<(string Name, ReadOnlyMemory<byte> Arguments)> tools, bool isFree, bool isParallel, TokenTrie vocabulary,
        [NotNullWhen(true)] out CompiledGrammar? grammar, [NotNullWhen(false)] out GrammarRefusal? refusal) =>
        Try(
            vocabulary,
            parts =>
            {
                Require(tools.Count is > 0 and <= GrammarLimits.Tools, $"tools: 1 to {GrammarLimits.Tools}");
                (string, int)[] rules = [.. tools.Select(t => (t.Name, t.Arguments.IsEmpty ? parts.Object : Rule(t.Arguments, parts)))];
                return ToolCalls.Add(parts, rules, isFree, isParallel ? GrammarLimits.ToolCalls : 1);
            },
            out grammar, out refusal);

    private static bool Try(
        TokenTrie vocabulary, Func<JsonParts, int> rule,
        [NotNullWhen(true)] out CompiledGrammar? grammar, [NotNullWhen(false)] out GrammarRefusal? refusal)
    {
        try
        {
            JsonParts parts = new(new AutomatonBuilder());
            int root = rule(parts);
            (grammar, refusal) = (CompiledGrammar.For(parts.Build.Build(root), vocabulary), null);
            return true;
        }
        catch (GrammarRefusedException refused)
        {
            (grammar, refusal) = (null, refused.Refusal);
            return false;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException)
        {
            // The parser's own words quote the schema; half a surrogate pair is found only when a text is read.
            (grammar, refusal) = (null, new GrammarRefusal("", "#", "it is not JSON"));
            return false;
        }
    }

    private static int Rule(ReadOnlyMemory<byte> schema, JsonParts parts)
    {
        Require(schema.Length <= GrammarLimits.SchemaBytes, $"it has more than {GrammarLimits.SchemaBytes} bytes");
        using JsonDocument document = JsonDocument.Parse(
            schema, new JsonDocumentOptions { MaxDepth = GrammarLimits.SchemaDepth, AllowDuplicateProperties = false });
        return SchemaCompiler.Compile(document.RootElement, parts);
    }

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new GrammarRefusedException(new GrammarRefusal("", "#", problem));
        }
    }
}
