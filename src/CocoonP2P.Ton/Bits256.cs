using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CocoonP2P.Ton;

/// <summary>32 bytes compared by value: a cell's hash, a public key, a digest. Big-endian, as in a cell.</summary>
public readonly struct Bits256 : IEquatable<Bits256>, IComparable<Bits256>
{
    /// <summary>The length in bytes.</summary>
    public const int Size = 32;

    private readonly UInt128 high;
    private readonly UInt128 low;

    /// <summary>Copies exactly 32 bytes; any other length is an <see cref="ArgumentException"/>.</summary>
    public Bits256(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
        {
            throw new ArgumentException("Exactly 32 bytes are needed.", nameof(bytes));
        }

        high = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        low = BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]);
    }

    /// <summary>Whether all bits are zero, which the contracts read as "none".</summary>
    public bool IsZero => high == 0 && low == 0;

    /// <summary>Reads 64 hexadecimal digits of either case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? hex, out Bits256 value)
    {
        value = default;
        if (hex is not { Length: 2 * Size }
            || !UInt128.TryParse(hex.AsSpan(0, 32), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out UInt128 _)
            || !UInt128.TryParse(hex.AsSpan(32), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out UInt128 _))
        {
            return false;
        }

        value = new Bits256(Convert.FromHexString(hex));
        return true;
    }

    /// <summary>Reads 64 hexadecimal digits, or throws <see cref="TonFormatException"/>.</summary>
    public static Bits256 Parse(string hex) =>
        TryParse(hex, out Bits256 value) ? value : throw new TonFormatException(FormatCode.Hex);

    /// <summary>Writes the 32 bytes to the start of <paramref name="destination"/>.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt128BigEndian(destination, high);
        BinaryPrimitives.WriteUInt128BigEndian(destination[16..], low);
    }

    /// <summary>A fresh array of the 32 bytes.</summary>
    public byte[] ToArray()
    {
        byte[] bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public bool Equals(Bits256 other) => high == other.high && low == other.low;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Bits256 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(high, low);

    /// <inheritdoc/>
    public int CompareTo(Bits256 other) => high == other.high ? low.CompareTo(other.low) : high.CompareTo(other.high);

    /// <summary>64 hexadecimal digits in lower case.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToArray());

    /// <summary>Equal bits.</summary>
    public static bool operator ==(Bits256 left, Bits256 right) => left.Equals(right);

    /// <summary>Different bits.</summary>
    public static bool operator !=(Bits256 left, Bits256 right) => !left.Equals(right);

    /// <summary>Order as unsigned numbers.</summary>
    public static bool operator <(Bits256 left, Bits256 right) => left.CompareTo(right) < 0;

    /// <summary>Order as unsigned numbers.</summary>
    public static bool operator >(Bits256 left, Bits256 right) => left.CompareTo(right) > 0;

    /// <summary>Order as unsigned numbers.</summary>
    public static bool operator <=(Bits256 left, Bits256 right) => left.CompareTo(right) <= 0;

    /// <summary>Order as unsigned numbers.</summary>
    public static bool operator >=(Bits256 left, Bits256 right) => left.CompareTo(right) >= 0;
}
