using System.Buffers.Binary;

namespace CocoonP2P.Ton;

/// <summary>A number modulo 2²⁵⁵ − 19 in five limbs of 51 bits. It handles public data only and is not constant-time.</summary>
internal readonly struct FieldElement
{
    public const int Size = 32;
    private const ulong Mask = (1UL << 51) - 1;

    // Four times the modulus, limb by limb: added before a subtraction, so that no limb goes below zero.
    private const ulong FourP0 = 0x1FFFFFFFFFFFB4;
    private const ulong FourP1 = 0x1FFFFFFFFFFFFC;

    private readonly ulong a0;
    private readonly ulong a1;
    private readonly ulong a2;
    private readonly ulong a3;
    private readonly ulong a4;

    public FieldElement(ulong small)
        : this(small, 0, 0, 0, 0)
    {
    }

    private FieldElement(ulong a0, ulong a1, ulong a2, ulong a3, ulong a4)
    {
        this.a0 = a0;
        this.a1 = a1;
        this.a2 = a2;
        this.a3 = a3;
        this.a4 = a4;
    }

    public bool IsZero => Equal(this, default);

    /// <summary>The sign of a coordinate, as RFC 8032 has it: the lowest bit of the reduced number.</summary>
    public bool IsOdd
    {
        get
        {
            Span<byte> bytes = stackalloc byte[Size];
            CopyTo(bytes);
            return (bytes[0] & 1) != 0;
        }
    }

    /// <summary>Reads 32 bytes, least significant first, without their highest bit.</summary>
    public static FieldElement Read(ReadOnlySpan<byte> bytes)
    {
        ulong w0 = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        ulong w1 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        ulong w2 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]);
        ulong w3 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]);
        return new FieldElement(
            w0 & Mask,
            ((w0 >> 51) | (w1 << 13)) & Mask,
            ((w1 >> 38) | (w2 << 26)) & Mask,
            ((w2 >> 25) | (w3 << 39)) & Mask,
            (w3 >> 12) & Mask);
    }

    /// <summary>Writes the reduced number as 32 bytes, least significant first.</summary>
    public void CopyTo(Span<byte> bytes)
    {
        FieldElement carried = Carry(a0, a1, a2, a3, a4);
        carried = Carry(carried.a0, carried.a1, carried.a2, carried.a3, carried.a4);

        // One more than the modulus overflows 2²⁵⁵ exactly when the number was not below it.
        ulong over = (carried.a0 + 19) >> 51;
        over = (carried.a1 + over) >> 51;
        over = (carried.a2 + over) >> 51;
        over = (carried.a3 + over) >> 51;
        over = (carried.a4 + over) >> 51;
        FieldElement reduced = Carry(carried.a0 + (19 * over), carried.a1, carried.a2, carried.a3, carried.a4, dropTop: true);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, reduced.a0 | (reduced.a1 << 51));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], (reduced.a1 >> 13) | (reduced.a2 << 38));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], (reduced.a2 >> 26) | (reduced.a3 << 25));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], (reduced.a3 >> 39) | (reduced.a4 << 12));
    }

    public static bool Equal(FieldElement left, FieldElement right)
    {
        Span<byte> bytes = stackalloc byte[2 * Size];
        left.CopyTo(bytes);
        right.CopyTo(bytes[Size..]);
        return bytes[..Size].SequenceEqual(bytes[Size..]);
    }

    public static FieldElement operator +(FieldElement x, FieldElement y) =>
        Carry(x.a0 + y.a0, x.a1 + y.a1, x.a2 + y.a2, x.a3 + y.a3, x.a4 + y.a4);

    public static FieldElement operator -(FieldElement x, FieldElement y) => Carry(
        x.a0 + FourP0 - y.a0, x.a1 + FourP1 - y.a1, x.a2 + FourP1 - y.a2, x.a3 + FourP1 - y.a3, x.a4 + FourP1 - y.a4);

    public static FieldElement operator *(FieldElement x, FieldElement y)
    {
        ulong y1 = 19 * y.a1;
        ulong y2 = 19 * y.a2;
        ulong y3 = 19 * y.a3;
        ulong y4 = 19 * y.a4;
        UInt128 r0 = Product(x.a0, y.a0) + Product(x.a1, y4) + Product(x.a2, y3) + Product(x.a3, y2) + Product(x.a4, y1);
        UInt128 r1 = Product(x.a0, y.a1) + Product(x.a1, y.a0) + Product(x.a2, y4) + Product(x.a3, y3) + Product(x.a4, y2);
        UInt128 r2 = Product(x.a0, y.a2) + Product(x.a1, y.a1) + Product(x.a2, y.a0) + Product(x.a3, y4) + Product(x.a4, y3);
        UInt128 r3 = Product(x.a0, y.a3) + Product(x.a1, y.a2) + Product(x.a2, y.a1) + Product(x.a3, y.a0) + Product(x.a4, y4);
        UInt128 r4 = Product(x.a0, y.a4) + Product(x.a1, y.a3) + Product(x.a2, y.a2) + Product(x.a3, y.a1) + Product(x.a4, y.a0);
        r1 += r0 >> 51;
        r2 += r1 >> 51;
        r3 += r2 >> 51;
        r4 += r3 >> 51;
        return Carry(
            ((ulong)(r0 & Mask)) + (19 * (ulong)(r4 >> 51)),
            (ulong)(r1 & Mask),
            (ulong)(r2 & Mask),
            (ulong)(r3 & Mask),
            (ulong)(r4 & Mask));
    }

    /// <summary>To the power of 2²⁵² − 3: the step of the square root in RFC 8032, section 5.1.3.</summary>
    public FieldElement PowForRoot()
    {
        FieldElement result = this;
        for (int bit = 250; bit >= 0; bit--)
        {
            result *= result;
            result = bit == 1 ? result : result * this;
        }

        return result;
    }

    /// <summary>To the power of the modulus − 2, by x^(2²⁵² − 3) raised three doublings further: 8·(2²⁵² − 3) + 3.</summary>
    public FieldElement Inverse()
    {
        FieldElement power = PowForRoot();
        for (int i = 0; i < 3; i++)
        {
            power *= power;
        }

        return power * this * this * this;
    }

    private static UInt128 Product(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return new UInt128(high, low);
    }

    private static FieldElement Carry(ulong r0, ulong r1, ulong r2, ulong r3, ulong r4, bool dropTop = false)
    {
        r1 += r0 >> 51;
        r2 += r1 >> 51;
        r3 += r2 >> 51;
        r4 += r3 >> 51;
        ulong top = dropTop ? 0 : r4 >> 51;
        return new FieldElement((r0 & Mask) + (19 * top), r1 & Mask, r2 & Mask, r3 & Mask, r4 & Mask);
    }
}
