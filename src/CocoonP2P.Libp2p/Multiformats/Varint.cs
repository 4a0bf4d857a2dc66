namespace CocoonP2P.Libp2p;

/// <summary>Unsigned varints as libp2p uses them: at most nine bytes, no needless ones.</summary>
internal static class Varint
{
    /// <summary>Nine groups of seven bits: values below 2^63.</summary>
    public const int MaxBytes = 9;

    /// <summary><see cref="Read"/> saw the beginning of a number only.</summary>
    public const int Incomplete = 0;

    /// <summary><see cref="Read"/> saw a number that is too long, or longer than it needs to be.</summary>
    public const int Malformed = -1;

    public static int Length(ulong value)
    {
        int length = 1;
        while ((value >>= 7) != 0)
        {
            length++;
        }

        return length;
    }

    /// <summary>Writes the value and returns how many bytes it took.</summary>
    public static int Write(Span<byte> to, ulong value)
    {
        int i = 0;
        while (value >= 0x80)
        {
            to[i++] = (byte)((value & 0x7f) | 0x80);
            value >>= 7;
        }

        to[i++] = (byte)value;
        return i;
    }

    /// <summary>The bytes used, <see cref="Incomplete"/> or <see cref="Malformed"/>.</summary>
    public static int Read(ReadOnlySpan<byte> from, out ulong value)
    {
        value = 0;
        for (int i = 0; i < from.Length; i++)
        {
            if (i == MaxBytes)
            {
                return Malformed;
            }

            value |= (ulong)(from[i] & 0x7f) << (7 * i);
            if (from[i] < 0x80)
            {
                return i > 0 && from[i] == 0 ? Malformed : i + 1;
            }
        }

        return from.Length >= MaxBytes ? Malformed : Incomplete;
    }
}
