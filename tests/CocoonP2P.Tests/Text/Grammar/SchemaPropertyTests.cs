using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using CocoonP2P.Inference;
using CocoonP2P.Tests.Inference.Support;
using CocoonP2P.Text.Grammar;
using Json.Schema;

namespace CocoonP2P.Tests.Text.Grammar;

/// <summary>Whatever a model says within a grammar parses and is valid, by the judgement of another program.</summary>
public sealed class SchemaPropertyTests
{
    private const int Schemas = 10_000;

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public void What_is_said_within_a_random_schema_is_valid() => Check(Vocabularies.Bytes, [Vocabularies.EndToken], Schemas);

    [Fact]
    public void What_the_default_model_says_within_a_random_schema_is_valid()
    {
        TokenTrie vocabulary = Vocabularies.Of(Repository.File("models/cocoon-tiny"), "manifest.json", out int[] endTokens);
        Check(vocabulary, endTokens, 1_000);
    }

    [Fact]
    public void What_a_real_model_says_within_a_random_schema_is_valid()
    {
        TokenTrie vocabulary = Vocabularies.Of(SharedModel.Find("smollm2-135m-instruct"), "manifest-draft.json", out int[] endTokens);
        Check(vocabulary, endTokens, 200);
    }

    private static void Check(TokenTrie vocabulary, int[] endTokens, int schemas)
    {
        int whole = 0, refused = 0;
        for (int seed = 0; seed < schemas; seed++)
        {
            Random random = new(seed);
            string schema = new SchemaMaker(random).Document().ToJsonString();
            if (!GrammarCompiler.TryCompile(new OutputGrammar(GrammarKind.JsonSchema, schema), vocabulary, out CompiledGrammar? grammar, out _))
            {
                refused++;
                continue;
            }

            if (Speaker.Say(grammar, random, endTokens, vocabulary.Vocabulary) is { } answer)
            {
                whole++;
                Assert.True(IsValid(schema, answer), $"seed {seed}: {schema} does not allow {answer}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{whole} whole answers, {refused} schemas refused, of {schemas}.");
        Assert.True(whole > schemas * 7 / 10, $"{whole} whole, {refused} refused");
    }

    [Fact]
    public void Any_object_is_an_object()
    {
        CompiledGrammar grammar = Vocabularies.Compile(GrammarKind.JsonObject, "");
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
