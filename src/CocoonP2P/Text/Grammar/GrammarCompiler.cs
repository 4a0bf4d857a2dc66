using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using CocoonP2P.Inference;
using CocoonP2P.Text.Grammar.Automata;
using CocoonP2P.Text.Grammar.Schemas;

namespace CocoonP2P.Text.Grammar;

/// <summary>The one door from a stranger's schema to an automaton: a refusal is a value here, never an exception.</summary>
internal static class GrammarCompiler
{
    // A schema for each of many tools may be long; an object may not stand in an object for ever.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = GrammarLimits.SchemaDepth, AllowDuplicateProperties = false };

    /// <param name="grammar">What an answer must match.</param>
    /// <param name="vocabulary">Of the model that will answer.</param>
    /// <param name="compiled">To be walked.</param>
    /// <param name="refusal">Why not.</param>
    public static bool TryCompile(
        OutputGrammar grammar, TokenTrie vocabulary,
        [NotNullWhen(true)] out CompiledGrammar? compiled, [NotNullWhen(false)] out GrammarRefusal? refusal)
    {
        try
        {
            (compiled, refusal) = (Compile(grammar, vocabulary), null);
            return true;
        }
        catch (GrammarRefusedException refused)
        {
            (compiled, refusal) = (null, refused.Refusal);
            return false;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or FormatException)
        {
            // The parser's own words quote the schema; half a surrogate pair is found only when a text is read.
            (compiled, refusal) = (null, new GrammarRefusal("", "#", "it is not JSON, or a name in it stands twice"));
            return false;
        }
    }

    private static CompiledGrammar Compile(OutputGrammar grammar, TokenTrie vocabulary)
    {
        JsonParts parts = new(new AutomatonBuilder());
        if (grammar.Kind == GrammarKind.JsonObject)
        {
            // Called, so that the object counts as the first of those that stand one in the other.
            int rule = parts.Build.NewRule(nests: false);
            parts.Build.Call(parts.Build.Rule(rule).Start, parts.Object, parts.Build.Rule(rule).End);
            return CompiledGrammar.For(parts.Build.Build(rule), vocabulary);
        }

        if (Encoding.UTF8.GetByteCount(grammar.Schema) > GrammarLimits.SchemaBytes)
        {
            throw new GrammarRefusedException(new GrammarRefusal("", "#", $"it has more than {GrammarLimits.SchemaBytes} bytes"));
        }

        using JsonDocument document = JsonDocument.Parse(grammar.Schema, Strict);
        int root = grammar.Kind switch
        {
            GrammarKind.JsonSchema => SchemaCompiler.Compile(document.RootElement, parts),
            GrammarKind.Tools => ToolsSchema.Compile(document.RootElement, parts),
            _ => throw new GrammarRefusedException(new GrammarRefusal("", "#", "it is of no known kind")),
        };
        return CompiledGrammar.For(parts.Build.Build(root), vocabulary);
    }
}
