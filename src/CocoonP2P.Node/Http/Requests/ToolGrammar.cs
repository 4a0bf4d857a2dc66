using System.Text;
using CocoonP2P.Inference;
using CocoonP2P.Text;

namespace CocoonP2P.Node.Http.Requests;

/// <summary>What an answer with tools must match: <see cref="GrammarKind.Tools"/>.</summary>
internal static class ToolGrammar
{
    private const int MostBytes = 64 * 1024;

    public static OutputGrammar Of(IReadOnlyList<ToolDefinition> tools, ToolChoice choice, bool parallel)
    {
        byte[] json = OpenAiJson.Write(w =>
        {
            w.WriteString("mode", choice.Mode);
            w.WriteBoolean("parallel", parallel);
            w.WriteStartArray("tools");
            foreach (ToolDefinition tool in tools.Where(tool => choice.Only is null || tool.Name == choice.Only))
            {
                w.WriteStartObject();
                w.WriteString("name", tool.Name);
                w.WritePropertyName("parameters");
                w.WriteRawValue(tool.Parameters);
                w.WriteEndObject();
            }

            w.WriteEndArray();
        });
        return json.Length <= MostBytes
            ? new OutputGrammar(GrammarKind.Tools, Encoding.UTF8.GetString(json))
            : throw new BadFieldException("tools", $"send at most {MostBytes} bytes of schemas together");
    }
}
