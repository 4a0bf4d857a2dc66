using System.Buffers;
using System.Text.Json;

namespace CocoonP2P.Node.Http;

/// <summary>Documents written by hand: no reflection, and each shape in one place.</summary>
internal static class OpenAiJson
{
    /// <summary>One object as UTF-8.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> fields)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer))
        {
            writer.WriteStartObject();
            fields(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
