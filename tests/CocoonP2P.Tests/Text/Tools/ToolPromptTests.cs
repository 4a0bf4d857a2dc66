using CocoonP2P.Text;
using CocoonP2P.Text.Templates;
using CocoonP2P.Text.Tools;

namespace CocoonP2P.Tests.Text.Tools;

public sealed class ToolPromptTests
{
    private static readonly ToolDefinition Weather = new("weather", "Says \"how\" it is.", """{"type":"object","properties":{"t":{"type":"number","minimum":-1.5}}}""");

    private static readonly ChatPrompt Prompt = new(
    [
        new ChatTurn("system", "Be kind."), new ChatTurn("user", "Rain?"),
        new ChatTurn("assistant", "") { ToolCalls = [new ToolCall("c1", "weather", "{\"t\": 2.5}"), new ToolCall("c2", "weather", "{}")] },
        new ChatTurn("tool", "sun") { ToolCallId = "c1" }, new ChatTurn("tool", "snow") { ToolCallId = "c2" },
    ]) { Tools = [Weather] };

    [Fact]
    public void A_template_that_knows_no_tools_is_given_them_as_text()
    {
        IReadOnlyList<ChatTurn> turns = ToolPrompt.Flatten(Prompt);
        Assert.Equal(["system", "user", "assistant", "user"], turns.Select(t => t.Role));
        Assert.StartsWith("Be kind.\n\n", turns[0].Content, StringComparison.Ordinal);
        Assert.Contains("""{"type":"function","function":{"name":"weather","description":"Says \"how\" it is.","parameters":{"type":"object",""", turns[0].Content, StringComparison.Ordinal);
        Assert.Equal(
            "<tool_call>\n{\"name\": \"weather\", \"arguments\": {\"t\": 2.5}}\n</tool_call>\n<tool_call>\n{\"name\": \"weather\", \"arguments\": {}}\n</tool_call>", turns[2].Content);
        Assert.Equal("<tool_response>\nsun\n</tool_response>\n<tool_response>\nsnow\n</tool_response>", turns[3].Content);
    }

    [Fact]
    public void What_the_prompt_shows_as_a_call_reads_back_as_one()
    {
        ToolCallParser parser = new();
        Assert.Equal(4, parser.Append(ToolPrompt.Flatten(Prompt)[2].Content).Count);
    }

    [Fact]
    public void A_template_that_knows_tools_renders_them_itself()
    {
        ChatTemplate template = ChatTemplate.Load(
            "{% if tools %}{% for t in tools %}[{{ t | tojson }}]{% endfor %}{% endif %}"
            + "{% for m in messages %}{{ m.role }}:{{ m.content }}{{ m.tool_call_id }}"
            + "{% if m.tool_calls %}{% for c in m.tool_calls %}<{{ c.function.name }} {{ c.function.arguments | tojson }}>{% endfor %}{% endif %};{% endfor %}");
        Assert.True(template.KnowsTools);
        Assert.Equal(
            """[{"type": "function", "function": {"name": "weather", "description": "Says \"how\" it is.", "parameters": {"type": "object", "properties": {"t": {"type": "number", "minimum": -1.5}}}}}]"""
            + """system:Be kind.;user:Rain?;assistant:<weather {"t": 2.5}><weather {}>;tool:sunc1;tool:snowc2;""",
            template.Render(Prompt).Text);
    }

    [Fact]
    public void Without_tools_the_variable_is_none() =>
        Assert.Equal("no", ChatTemplate.Load("{{ 'yes' if tools else 'no' }}").Render([new ChatTurn("user", "x")]).Text);
}
