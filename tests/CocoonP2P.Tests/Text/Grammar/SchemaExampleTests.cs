using CocoonP2P.Inference;
using CocoonP2P.Text.Grammar;

namespace CocoonP2P.Tests.Text.Grammar;

public sealed class SchemaExampleTests
{
    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"string"}},"required":["a"]}""",
        """{"a": 1}""", """{"a":-12,"b":"x"}""", "{\n  \"a\": 1,\n  \"b\": \"\"\n}")]
    [InlineData("""{"type":"object"}""", "{}", """{"x":[{},1.5e3,null]}""")]
    [InlineData("""{"type":"array","items":{"type":"boolean"},"minItems":1,"maxItems":2}""", "[true]", "[true, false]")]
    [InlineData("""{"type":"array"}""", "[]", "[1,\"a\"]")]
    [InlineData("""{"type":["string","null"]}""", "null", "\"é\"")]
    [InlineData("""{"enum":["a","ab",3]}""", "\"a\"", "\"ab\"", "3")]
    [InlineData("""{"const":{"k":[1]}}""", "{\"k\":[1]}")]
    [InlineData("""{"type":"string","minLength":2,"maxLength":3}""", "\"日本\"", "\"\\n\\u00e9a\"")]
    [InlineData("""{"type":"integer","minimum":-5,"maximum":120}""", "-5", "0", "7", "119", "120")]
    [InlineData("""{"type":"number","exclusiveMinimum":0,"maximum":1.25}""", "0.01", "1", "1.0", "1.25", "1.250")]
    [InlineData("""{"type":"integer","multipleOf":7}""", "0", "49", "-14")]
    [InlineData("""{"type":"number","multipleOf":0.01}""", "12.34", "-1.5", "7")]
    [InlineData("""{"anyOf":[{"type":"integer"},{"type":"object","properties":{"n":{"$ref":"#"}},"required":["n"]}]}""", "1", """{"n":{"n":3}}""")]
    [InlineData("""{"oneOf":[{"type":"object","properties":{"t":{"const":"a"}},"required":["t"]},{"type":"object","properties":{"t":{"const":"b"},"v":{"type":"null"}},"required":["t","v"]}]}""",
        """{"t":"a"}""", """{"t":"b","v":null}""")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"integer"}}""", "{}", """{"x":1,"y":2}""")]
    [InlineData("""{"type":"object","properties":{"ab":{"type":"null"}},"additionalProperties":{"type":"integer"}}""",
        """{"ab":null,"abc":1,"a":2,"b":3,"":4}""", """{"é":1}""")]
    [InlineData("""{"allOf":[{"$ref":"#/$defs/a~1b"}],"$defs":{"a/b":true}}""", "[[]]")]
    public void What_a_schema_allows_can_be_said(string schema, params string[] answers)
    {
        CompiledGrammar grammar = Vocabularies.Compile(GrammarKind.JsonSchema, schema);
        Assert.All(answers, answer => Assert.True(Speaker.Takes(grammar, answer), answer));
    }

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"string"}},"required":["a"]}""",
        "{}", """{"b":"x"}""", """{"a":1,}""", """{"a":1,"c":2}""", """{"a":1.5}""", """{"a":01}""")]
    [InlineData("""{"type":"array","items":{"type":"boolean"},"minItems":1,"maxItems":2}""", "[]", "[true,true,true]", "[1]", "[true,]")]
    [InlineData("""{"type":"string","minLength":2,"maxLength":3}""", "\"a\"", "\"abcd\"", "\"\\u00\"", "\"a\nb\"", "\"\\ud800x\"")]
    [InlineData("""{"type":"integer","minimum":-5,"maximum":120}""", "-6", "121", "1200", "1.0", "-0")]
    [InlineData("""{"type":"number","exclusiveMinimum":0,"maximum":1.25}""", "0", "0.0", "-1", "1.2501", "1.26", "2")]
    [InlineData("""{"type":"integer","multipleOf":7}""", "1", "50")]
    [InlineData("""{"type":"number","multipleOf":0.01}""", "1.234")]
    [InlineData("""{"type":"object","properties":{"ab":{"type":"null"}},"additionalProperties":{"type":"integer"}}""",
        """{"ab":1}""", """{"a":null}""", """{"\u0061b":1}""")]
    [InlineData("""{"enum":["a","ab",3]}""", "\"b\"", "\"a", "33")]
    public void What_it_does_not_allow_cannot(string schema, params string[] answers)
    {
        CompiledGrammar grammar = Vocabularies.Compile(GrammarKind.JsonSchema, schema);
        Assert.All(answers, answer => Assert.False(Speaker.Takes(grammar, answer), answer));
    }

    [Fact]
    public void Objects_and_lists_nest_32_deep_and_no_deeper()
    {
        CompiledGrammar grammar = Vocabularies.Compile(GrammarKind.JsonObject, "");
        string Deep(int lists) => "{\"a\":" + new string('[', lists) + new string(']', lists) + "}";
        Assert.True(Speaker.Takes(grammar, Deep(GrammarLimits.Nesting - 1)));
        Assert.False(Speaker.Takes(grammar, Deep(GrammarLimits.Nesting)));
    }

    [Fact]
    public void A_character_that_the_vocabulary_lacks_is_not_begun()
    {
        // Every byte but the second of é, so that its first leads nowhere.
        TokenTrie vocabulary = new([[], .. Enumerable.Range(0, 256).Where(b => b != 0xA9).Select(b => new[] { (byte)b })]);
        Assert.True(GrammarCompiler.TryCompile(
            new OutputGrammar(GrammarKind.JsonSchema, """{"enum":["é","e"]}"""), vocabulary, out CompiledGrammar? grammar, out _));
        for (int seed = 0; seed < 20; seed++)
        {
            Assert.Equal("\"e\"", Speaker.Say(grammar, new Random(seed), [0], vocabulary.Vocabulary));
        }

        Assert.False(GrammarCompiler.TryCompile(
            new OutputGrammar(GrammarKind.JsonSchema, """{"enum":["é"]}"""), vocabulary, out _, out GrammarRefusal? refusal));
        Assert.Contains("no answer", refusal.Problem, StringComparison.Ordinal);
    }
}
