using CocoonP2P.Text.Tools;
using CsCheck;

namespace CocoonP2P.Tests.Text.Tools;

public sealed class ToolCallParserTests
{
    [Theory]
    [InlineData("Just text.", "Just text.", "")]
    [InlineData("a < b <tool> c", "a < b <tool> c", "")]
    [InlineData("<tool_call>\n{\"name\": \"w\", \"arguments\": {\"a\": 1}}\n</tool_call>", "", "w{\"a\": 1}")]
    [InlineData("  <tool_call>{\"name\":\"w\",\"arguments\":{}}</tool_call>\n", "", "w{}")]
    [InlineData("Let me see.\n<tool_call>{\"name\":\"w\",\"arguments\":{\"t\":\"}{\\\"\"}}</tool_call>", "Let me see.", "w{\"t\":\"}{\\\"\"}")]
    [InlineData("<tool_call>{\"name\":\"a\",\"arguments\":{}}</tool_call>\n<tool_call>{\"name\":\"b\",\"arguments\":{\"x\":[1]}}</tool_call>", "", "a{};b{\"x\":[1]}")]
    [InlineData("<tool_call>{\"arguments\":{\"x\":1},\"name\":\"b\"}</tool_call>", "", "b{\"x\":1}")]
    [InlineData("<tool_call>{\"name\":\"b\"}</tool_call>", "", "b{}")]
    [InlineData("<tool_call>{\"arguments\":{\"x\":1},\"name\":\"b\"}", "", "b{\"x\":1}")]
    [InlineData("<tool_call>{\"name\":\"w\",\"arguments\":{\"a\":", "", "w{\"a\":")]
    [InlineData("<tool_call>no</tool_call> more", "<tool_call>no</tool_call> more", "")]
    [InlineData("<tool_call>{\"name\":\"w\",\"arguments\":7}</tool_call>", "<tool_call>{\"name\":\"w\",\"arguments\":7}</tool_call>", "")]
    [InlineData("text <tool_ca", "text <tool_ca", "")]
    [InlineData("<tool_call>{\"na", "<tool_call>{\"na", "")]
    public void Text_and_calls_are_told_apart_however_they_are_cut(string answer, string text, string calls) =>
        Gen.Int[1, 7].Array[1, 40].Sample(cuts => Assert.Equal((text, calls), Run(answer, cuts)), iter: 200);

    [Fact]
    public void Arguments_are_passed_on_as_they_come()
    {
        ToolCallParser parser = new();
        parser.Append("<tool_call>{\"name\":\"w\",\"arguments\":");
        Assert.Equal([new ToolPiece(0, "w", ""), new ToolPiece(0, "", "{\"a\":")], parser.Append("{\"a\":"));
        Assert.Equal([new ToolPiece(0, "", "\"b")], parser.Append("\"b"));
        Assert.Equal([new ToolPiece(0, "", "\"}")], parser.Append("\"}"));
        Assert.Empty(parser.Append("}</tool_call>"));
    }

    [Fact]
    public void Whatever_comes_no_character_of_plain_text_is_lost() =>
        Gen.OneOf(new[] { "<", "tool", "_call", ">", "/", "{", "}", "\"name\"", ":", " ", "x", "</tool_call>" }.Select(Gen.Const).ToArray()).Array[0, 30].Sample(parts =>
        {
            string answer = string.Concat(parts);
            if (!answer.Contains("<tool_call>", StringComparison.Ordinal))
            {
                Assert.Equal(answer, Run(answer, [3]).Text);
            }
        });

    [Fact]
    public void A_call_without_end_stays_bounded()
    {
        ToolCallParser parser = new();
        parser.Append("<tool_call>");
        int longest = 0;
        for (int i = 0; i < 1000; i++)
        {
            longest = Math.Max(longest, parser.Append(new string('x', 1000)).Sum(piece => piece.Text.Length));
        }

        Assert.InRange(longest, 256 * 1024, 258 * 1024);
    }

    private static (string Text, string Calls) Run(string answer, int[] cuts)
    {
        ToolCallParser parser = new();
        List<ToolPiece> pieces = [];
        for (int at = 0, cut = 0; at < answer.Length; cut++)
        {
            int length = Math.Min(cuts[cut % cuts.Length], answer.Length - at);
            pieces.AddRange(parser.Append(answer.Substring(at, length)));
            at += length;
        }

        pieces.AddRange(parser.Finish());
        return (string.Concat(pieces.Where(p => p.Call < 0).Select(p => p.Text)),
            string.Join(';', pieces.Where(p => p.Call >= 0).GroupBy(p => p.Call).Select(call => string.Concat(call.Select(p => p.Name + p.Text)))));
    }
}
