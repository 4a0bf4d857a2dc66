using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace CocoonP2P.Attestation;

/// <summary>Reads fields of a strict document: false where one is absent, of another kind or out of range.</summary>
internal static class JsonFields
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public static bool TryText(this JsonElement parent, string name, [NotNullWhen(true)] out string? text)
    {
        text = null;
        if (!parent.TryField(name, JsonValueKind.String, out JsonElement field))
        {
            return false;
        }

        try
        {
            text = field.GetString();
        }
        catch (InvalidOperationException)
        {
            // An escaped lone surrogate is no text.
            return false;
        }

        return text is not null;
    }

    public static bool TryNumber(this JsonElement parent, string name, uint max, out uint number)
    {
        number = 0;
        return parent.TryField(name, JsonValueKind.Number, out JsonElement field) && field.TryGetUInt32(out number) && number <= max;
    }

    /// <summary>Hexadecimal of either case, of exactly this many bytes.</summary>
    public static bool TryHex(this JsonElement parent, string name, int length, out byte[] bytes)
    {
        bytes = [];
        return parent.TryText(name, out string? text) && TryParseHex(text, length, out bytes);
    }

    public static bool TryParseHex(string text, int length, out byte[] bytes)
    {
        bytes = new byte[length];
        return text.Length == 2 * length
            && Convert.FromHexString(text, bytes, out _, out int written) == OperationStatus.Done
            && written == length;
    }

    /// <summary>A moment in whole seconds, of the time zone Z.</summary>
    public static bool TryTime(this JsonElement parent, string name, out DateTimeOffset time)
    {
        time = default;
        return parent.TryText(name, out string? text) && TryParseTime(text, out time);
    }

    public static bool TryParseTime(string text, out DateTimeOffset time) => DateTimeOffset.TryParseExact(
        text, TimeFormat, CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    public static string FormatTime(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>An array of at most this many elements.</summary>
    public static bool TryList(this JsonElement parent, string name, int max, out JsonElement list) =>
        parent.TryField(name, JsonValueKind.Array, out list) && list.GetArrayLength() <= max;

    public static bool TryObject(this JsonElement parent, string name, out JsonElement value) =>
        parent.TryField(name, JsonValueKind.Object, out value);

    private static bool TryField(this JsonElement parent, string name, JsonValueKind kind, out JsonElement field)
    {
        field = default;
        return parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out field) && field.ValueKind == kind;
    }
}
