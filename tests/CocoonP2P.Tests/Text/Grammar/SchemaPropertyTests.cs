using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CocoonP2P.Text.Grammar;
using Json.Schema;

namespace CocoonP2P.Tests.Text.Grammar;

/// <summary>Whatever a model says within a grammar parses and is valid, by the judgement of another program.</summary>
public sealed class SchemaPropertyTests
{
    private const int Schemas = 10_000;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void What_is_said_within_a_random_schema_is_valid()
    {
        int whole = 0, refused = 0;
        for (int seed = 0; seed < Schemas; seed++)
        {
            Random random = new(seed);
            string schema = new SchemaMaker(random).Document().ToJsonString();
            if (!GrammarCompiler.TrySchema(Encoding.UTF8.GetBytes(schema), Vocabularies.Bytes, out CompiledGrammar? grammar, out _))
            {
                refused++;
                continue;
            }

            if (Speaker.Say(grammar, random, [Vocabularies.EndToken], Vocabularies.Bytes.Vocabulary) is { } answer)
            {
                whole++;
                Assert.True(IsValid(schema, answer), $"seed {seed}: {schema} does not allow {answer}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{whole} whole answers, {refused} schemas refused, of {Schemas}.");
        Assert.True(whole > Schemas * 8 / 10, $"{whole} whole, {refused} refused");
    }

    [Fact]
    public void Any_object_is_an_object()
    {
        CompiledGrammar grammar = GrammarCompiler.AnyObject(Vocabularies.Bytes);
        int whole = 0;
        for (int seed = 0; seed < 500; seed++)
        {
            if (Speaker.Say(grammar, new Random(seed), [Vocabularies.EndToken], Vocabularies.Bytes.Vocabulary) is { } answer)
            {
                whole++;
                using JsonDocument document = JsonDocument.Parse(answer);
                Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
            }
        }

        Assert.True(whole > 250, $"{whole} whole");
    }

    private static bool IsValid(string schema, string answer)
    {
        using JsonDocument document = JsonDocument.Parse(answer);

        // The judge counts a letter and its accent as one, where the specification counts two.
        string plain = JsonSerializer.Serialize(document.RootElement, Relaxed);
        return new StringInfo(plain).LengthInTextElements != plain.EnumerateRunes().Count()
            || JsonSchema.FromText(schema).Evaluate(document.RootElement).IsValid;
    }
}
