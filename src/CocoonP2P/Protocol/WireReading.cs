using System.Buffers;
using System.Text;
using MessagePack;

namespace CocoonP2P.Protocol;

/// <summary>Bounded reads of the parts that messages share; each refuses by <see cref="Wire.Require"/>.</summary>
internal static class WireReading
{
    /// <summary>An array header of at least <paramref name="known"/> fields; later versions may append four.</summary>
    public static int Fields(ref MessagePackReader reader, int known, string what)
    {
        int fields = reader.ReadArrayHeader();
        Wire.Require(fields >= known && fields <= known + Limits.LaterFields, what + ": number of fields");
        return fields;
    }

    /// <summary>Skips what a later version appended: bounded in number by <see cref="Fields"/>, in size by the message's limit.</summary>
    public static void SkipAppended(ref MessagePackReader reader, int fields, int known)
    {
        for (int extra = known; extra < fields; extra++)
        {
            reader.Skip();
        }
    }

    public static int Count(ref MessagePackReader reader, int limit, string what)
    {
        int count = reader.ReadArrayHeader();
        Wire.Require(count <= limit, what + ": too many");
        return count;
    }

    /// <summary>Bytes of exactly this length.</summary>
    public static byte[] Fixed(ref MessagePackReader reader, int length, string what)
    {
        ReadOnlySequence<byte>? bytes = reader.ReadBytes();
        Wire.Require(bytes is not null && bytes.Value.Length == length, what + ": length");
        return bytes.Value.ToArray();
    }

    /// <summary>At most so many bytes.</summary>
    public static byte[] Bytes(ref MessagePackReader reader, int limit, string what)
    {
        ReadOnlySequence<byte>? bytes = reader.ReadBytes();
        Wire.Require(bytes is not null && bytes.Value.Length <= limit, what + ": length");
        return bytes.Value.ToArray();
    }

    /// <summary>Printable ASCII, 0 to <paramref name="limit"/> bytes: one text has one spelling.</summary>
    public static string Ascii(ref MessagePackReader reader, int limit, string what)
    {
        Wire.Require(reader.TryReadStringSpan(out ReadOnlySpan<byte> text), what + ": is not one string");
        Wire.Require(text.Length <= limit && text.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0, what);
        return Encoding.ASCII.GetString(text);
    }

    public static DateTimeOffset Time(ref MessagePackReader reader)
    {
        long milliseconds = reader.ReadInt64();
        Wire.Require(milliseconds is >= 0 and < 253_402_300_800_000, "time");
        return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    }
}
