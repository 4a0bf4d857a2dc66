using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CocoonP2P.Text.Tools;

/// <summary>A tool as JSON, in the shape that models were trained on.</summary>
internal static class ToolJson
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>{"type":"function","function":{"name":…,"description":…,"parameters":…}}</summary>
    public static string Write(ToolDefinition tool)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter w = new(buffer, Readable))
        {
            w.WriteStartObject();
            w.WriteString("type", "function");
            w.WriteStartObject("function");
            w.WriteString("name", tool.Name);
            if (tool.Description.Length > 0)
            {
                w.WriteString("description", tool.Description);
            }

            w.WritePropertyName("parameters");
            using JsonDocument parameters = JsonDocument.Parse(tool.Parameters);
            parameters.RootElement.WriteTo(w);
            w.WriteEndObject();
            w.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
