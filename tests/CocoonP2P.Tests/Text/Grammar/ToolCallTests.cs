using System.Text.Json;
using CocoonP2P.Inference;
using CocoonP2P.Text.Grammar;

namespace CocoonP2P.Tests.Text.Grammar;

public sealed class ToolCallTests
{
    private const string Call = "<tool_call>\n{\"name\": \"add\", \"arguments\": {\"a\": 1}}\n</tool_call>";

    [Fact]
    public void Required_is_a_call_of_one_of_the_tools()
    {
        CompiledGrammar grammar = Tools("required", parallel: false);
        Assert.True(Speaker.Takes(grammar, Call));
        Assert.True(Speaker.Takes(grammar, "<tool_call>\n{\"name\":\"now\",\"arguments\":{}}\n</tool_call>"));
        Assert.False(Speaker.Takes(grammar, "Hello"));
        Assert.False(Speaker.Takes(grammar, Call.Replace("add", "sub", StringComparison.Ordinal)));
        Assert.False(Speaker.Takes(grammar, Call.Replace("1", "true", StringComparison.Ordinal)));
        Assert.False(Speaker.Takes(grammar, Call + "\n" + Call));
    }

    [Fact]
    public void Auto_is_text_or_calls_and_never_text_that_begins_as_one()
    {
        CompiledGrammar grammar = Tools("auto", parallel: true);
        foreach (string answer in (string[])["", "Hello", "<tool", "<tool_calls", "x <tool_call> é", Call, Call + "\n" + Call])
        {
            Assert.True(Speaker.Takes(grammar, answer), answer);
        }

        Assert.False(Speaker.Takes(grammar, "<tool_call> hello"));
        Assert.False(Speaker.Takes(grammar, "<tool_call>"));
        Assert.False(Speaker.Takes(grammar, Call + "hello"));
        Assert.False(Speaker.Takes(grammar, string.Join('\n', Enumerable.Repeat(Call, GrammarLimits.ToolCalls + 1))));
    }

    [Fact]
    public void Arguments_always_parse_and_are_what_the_schema_says()
    {
        CompiledGrammar grammar = Tools("required", parallel: true);
        int calls = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            string answer = Speaker.Say(grammar, new Random(seed), [Vocabularies.EndToken], Vocabularies.Bytes.Vocabulary, most: 5_000) ?? "";
            foreach (string part in answer.Split("</tool_call>", StringSplitOptions.RemoveEmptyEntries))
            {
                using JsonDocument call = JsonDocument.Parse(part.Trim()["<tool_call>".Length..]);
                string name = call.RootElement.GetProperty("name").GetString()!;
                JsonElement arguments = call.RootElement.GetProperty("arguments");
                Assert.True(name == "now" ? arguments.ValueKind == JsonValueKind.Object : arguments.GetProperty("a").ValueKind == JsonValueKind.Number);
                calls++;
            }
        }

        Assert.True(calls > 200, $"{calls} calls");
    }

    private static CompiledGrammar Tools(string mode, bool parallel) => Vocabularies.Compile(GrammarKind.Tools,
        $$$"""
        {"mode":"{{{mode}}}","parallel":{{{(parallel ? "true" : "false")}}},"tools":[{"name":"add","parameters":{"type":"object",
          "properties":{"a":{"type":"integer"}},"required":["a"],"additionalProperties":false} }, {"name":"now"}]}
        """);
}
