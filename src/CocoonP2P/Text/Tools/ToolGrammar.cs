using System.Buffers;
using System.Text;
using System.Text.Json;
using CocoonP2P.Inference;

namespace CocoonP2P.Text.Tools;

/// <summary>What an answer with tools must match: <see cref="GrammarKind.Tools"/>.</summary>
internal static class ToolGrammar
{
    /// <param name="tools">What may be called, at least one.</param>
    /// <param name="required">Whether one must be.</param>
    /// <param name="parallel">Whether several may be.</param>
    public static OutputGrammar Of(IEnumerable<ToolDefinition> tools, bool required, bool parallel)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter w = new(buffer))
        {
            w.WriteStartObject();
            w.WriteString("mode", required ? "required" : "auto");
            w.WriteBoolean("parallel", parallel);
            w.WriteStartArray("tools");
            foreach (ToolDefinition tool in tools)
            {
                w.WriteStartObject();
                w.WriteString("name", tool.Name);
                w.WritePropertyName("parameters");
                w.WriteRawValue(tool.Parameters);
                w.WriteEndObject();
            }

            w.WriteEndArray();
            w.WriteEndObject();
        }

        return new OutputGrammar(GrammarKind.Tools, Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}
