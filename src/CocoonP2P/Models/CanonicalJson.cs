using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CocoonP2P.Models;

/// <summary>
/// JSON in its one canonical form (RFC 8785), restricted to what a manifest holds: objects, arrays, strings, integers of
/// at most 2^53 − 1, true, false, null. Anything else is refused rather than rounded.
/// </summary>
internal static class CanonicalJson
{
    /// <summary>A manifest of a large model is 4 KiB; sixteen times that.</summary>
    public const int MaxBytes = 64 * 1024;

    private const int MaxDepth = 8;
    private const long MaxInteger = (1L << 53) - 1;

    /// <summary>The canonical bytes, or why there are none.</summary>
    public static bool TryWrite(ReadOnlyMemory<byte> json, out byte[] canonical, out string problem)
    {
        (canonical, problem) = ([], "");
        if (json.Length > MaxBytes)
        {
            problem = $"{json.Length} bytes, limit {MaxBytes}";
            return false;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions
            {
                AllowDuplicateProperties = false,
                MaxDepth = MaxDepth,
            });
            ArrayBufferWriter<byte> output = new(json.Length);
            if (!TryValue(document.RootElement, output, out problem))
            {
                return false;
            }

            canonical = output.WrittenSpan.ToArray();
            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The second is what a string with half a surrogate pair becomes when it is read.
            problem = "not JSON";
            return false;
        }
    }

    private static bool TryValue(JsonElement value, ArrayBufferWriter<byte> output, out string problem)
    {
        problem = "";
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                return TryObject(value, output, out problem);
            case JsonValueKind.Array:
                return TryArray(value, output, out problem);
            case JsonValueKind.String:
                String(value.GetString()!, output);
                return true;
            case JsonValueKind.Number when value.TryGetInt64(out long n) && n is >= -MaxInteger and <= MaxInteger:
                output.Write(Encoding.ASCII.GetBytes(n.ToString(CultureInfo.InvariantCulture)));
                return true;
            case JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null:
                output.Write(Encoding.ASCII.GetBytes(value.GetRawText()));
                return true;
            default:
                problem = "a number that is not an integer below 2^53";
                return false;
        }
    }

    private static bool TryObject(JsonElement value, ArrayBufferWriter<byte> output, out string problem)
    {
        problem = "";
        output.Write("{"u8);
        bool first = true;

        // RFC 8785 sorts by UTF-16 code units, which is .NET's ordinal order.
        foreach (JsonProperty property in value.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            output.Write(first ? ""u8 : ","u8);
            first = false;
            String(property.Name, output);
            output.Write(":"u8);
            if (!TryValue(property.Value, output, out problem))
            {
                return false;
            }
        }

        output.Write("}"u8);
        return true;
    }

    private static bool TryArray(JsonElement value, ArrayBufferWriter<byte> output, out string problem)
    {
        problem = "";
        output.Write("["u8);
        bool first = true;
        foreach (JsonElement item in value.EnumerateArray())
        {
            output.Write(first ? ""u8 : ","u8);
            first = false;
            if (!TryValue(item, output, out problem))
            {
                return false;
            }
        }

        output.Write("]"u8);
        return true;
    }

    private static void String(string text, ArrayBufferWriter<byte> output)
    {
        StringBuilder escaped = new(text.Length + 2);
        escaped.Append('"');
        foreach (char c in text)
        {
            _ = c switch
            {
                '"' => escaped.Append("\\\""),
                '\\' => escaped.Append("\\\\"),
                '\b' => escaped.Append("\\b"),
                '\t' => escaped.Append("\\t"),
                '\n' => escaped.Append("\\n"),
                '\f' => escaped.Append("\\f"),
                '\r' => escaped.Append("\\r"),
                < ' ' => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => escaped.Append(c),
            };
        }

        output.Write(Encoding.UTF8.GetBytes(escaped.Append('"').ToString()));
    }
}
