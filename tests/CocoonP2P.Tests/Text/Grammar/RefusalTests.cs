using CocoonP2P.Inference;
using CocoonP2P.Text.Grammar;

namespace CocoonP2P.Tests.Text.Grammar;

public sealed class RefusalTests
{
    [Theory]
    [InlineData("""{"type":"object","patternProperties":{}}""", "patternProperties", "#")]
    [InlineData("""{"type":"object","properties":{"a/b":{"not":{}}}}""", "not", "#/properties/a~1b")]
    [InlineData("""{"type":"array","items":{"uniqueItems":true}}""", "uniqueItems", "#/items")]
    [InlineData("""{"anyOf":[{"type":"string"},{"if":{}}]}""", "if", "#/anyOf/1")]
    [InlineData("""{"oneOf":[{"type":"string"},{"enum":["a"]}]}""", "oneOf", "#")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"type":"number"}]}""", "oneOf", "#")]
    [InlineData("""{"allOf":[{},{}]}""", "allOf", "#")]
    [InlineData("""{"anyOf":[{}],"type":"string"}""", "type", "#")]
    [InlineData("""{"$ref":"https://example.org/s"}""", "$ref", "#")]
    [InlineData("""{"$ref":"#/$defs/none"}""", "$ref", "#")]
    [InlineData("""{"$ref":"#"}""", "$ref", "#")]
    [InlineData("""{"anyOf":[{"type":"null"},{"$ref":"#"}]}""", "$ref", "#")]
    [InlineData("""{"type":"date"}""", "type", "#")]
    [InlineData("""{"type":"string","minLength":3,"maxLength":2}""", "maxLength", "#")]
    [InlineData("""{"type":"string","maxLength":-1}""", "maxLength", "#")]
    [InlineData("""{"type":"array","minItems":1.5}""", "minItems", "#")]
    [InlineData("""{"type":"object","required":["a"]}""", "required", "#")]
    [InlineData("""{"type":"number","minimum":1e40}""", "minimum", "#")]
    [InlineData("""{"type":"number","minimum":0.1234567890123456}""", "minimum", "#")]
    [InlineData("""{"type":"number","multipleOf":0.3}""", "multipleOf", "#")]
    [InlineData("""{"type":"string","enum":[1]}""", "enum", "#")]
    [InlineData("""{"enum":["a"],"minLength":1}""", "minLength", "#")]
    [InlineData("""{"minLength":1,"minItems":1}""", "type", "#")]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#"}},"required":["a"]}""", "", "#")]
    [InlineData("""{"type":"integer","minimum":3,"maximum":2}""", "", "#")]
    [InlineData("""{"properties":{"a":false},"required":["a"]}""", "", "#/properties/a")]
    [InlineData("""{"type":"string","type":"null"}""", "", "#")]
    [InlineData("""{"enum":["\ud800"]}""", "", "#")]
    [InlineData("[]", "", "#")]
    [InlineData("{", "", "#")]
    public void A_schema_is_refused_naming_keyword_and_place(string schema, string keyword, string pointer)
    {
        Assert.False(Try(GrammarKind.JsonSchema, schema, out GrammarRefusal? refusal));
        Assert.Equal((keyword, pointer), (refusal!.Keyword, refusal.Pointer));
    }

    [Theory]
    [InlineData("""{"mode":"auto","tools":[]}""", "tools", "#")]
    [InlineData("""{"mode":"never","tools":[{"name":"a"}]}""", "mode", "#")]
    [InlineData("""{"mode":"auto","tools":[{"name":""}]}""", "name", "#/tools/0")]
    [InlineData("""{"mode":"auto","tools":[{"name":"a"},{"name":"b","parameters":{"type":"string"}}]}""", "type", "#/tools/1/parameters")]
    [InlineData("""{"mode":"auto","tools":[{"name":"a","parameters":{"properties":{"x":{"not":1}}}}]}""", "not", "#/tools/0/parameters/properties/x")]
    public void A_tool_is_refused_naming_its_place(string tools, string keyword, string pointer)
    {
        Assert.False(Try(GrammarKind.Tools, tools, out GrammarRefusal? refusal));
        Assert.Equal((keyword, pointer), (refusal!.Keyword, refusal.Pointer));
    }

    [Fact]
    public void A_schema_that_would_take_too_much_is_refused_at_once()
    {
        string[] hostile =
        [
            """{"type":"string","maxLength":2000000000}""",
            """{"type":"array","minItems":2000000000}""",
            $$"""{"enum":[{{string.Join(',', Enumerable.Range(0, 5000))}}]}""",
            $$"""{"anyOf":[{{string.Join(',', Enumerable.Repeat("{}", 100))}}]}""",
            string.Concat(Enumerable.Repeat("""{"items":""", 100)) + "{}" + new string('}', 100),
            $$"""{"description":"{{new string('x', GrammarLimits.SchemaBytes)}}"}""",
            Doubling(40),
        ];
        Assert.All(hostile, schema => Assert.False(Try(GrammarKind.JsonSchema, schema, out _), schema[..Math.Min(80, schema.Length)]));
    }

    // Each definition mentions the next twice, in the same breath.
    private static string Doubling(int levels)
    {
        IEnumerable<string> both = Enumerable.Range(1, levels).Select(
            i => $"\"d{i - 1}\":{{\"anyOf\":[{{\"$ref\":\"#/$defs/d{i}\"}},{{\"$ref\":\"#/$defs/d{i}\"}}]}}");
        return $"{{\"$ref\":\"#/$defs/d0\",\"$defs\":{{{string.Join(',', both)},\"d{levels}\":{{\"type\":\"null\"}}}}}}";
    }

    private static bool Try(GrammarKind kind, string schema, out GrammarRefusal? refusal) =>
        GrammarCompiler.TryCompile(new OutputGrammar(kind, schema), Vocabularies.Bytes, out _, out refusal);
}
