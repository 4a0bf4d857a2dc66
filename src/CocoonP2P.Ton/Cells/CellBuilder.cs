using System.Collections.Immutable;
using System.Numerics;

namespace CocoonP2P.Ton;

/// <summary>Writes a cell, field by field. A field that does not fit, or a number out of its range, throws
/// <see cref="TonFormatException"/> with code <c>cell-overflow</c> or <c>value-range</c>.</summary>
public sealed class CellBuilder
{
    private readonly byte[] buffer = new byte[128];
    private readonly ImmutableArray<Cell>.Builder refs = ImmutableArray.CreateBuilder<Cell>(Cell.MaxRefs);

    /// <summary>Bits written so far.</summary>
    public int BitLength { get; private set; }

    /// <summary>References written so far.</summary>
    public int RefCount => refs.Count;

    /// <summary>Writes one bit.</summary>
    public CellBuilder StoreBit(bool value) => StoreUint(value ? 1UL : 0UL, 1);

    /// <summary>Writes an unsigned number of <paramref name="bits"/> bits, 0 to 1,023, most significant first.</summary>
    public CellBuilder StoreUint(UInt128 value, int bits)
    {
        if (bits < 128 && bits >= 0 && value >> bits != 0)
        {
            throw new TonFormatException(FormatCode.Range);
        }

        int end = Reserve(bits);
        for (int position = end; value != 0; value >>= 8)
        {
            int take = Math.Min(8, bits);
            position -= take;
            bits -= take;
            byte low = (byte)((byte)(value & 0xFF) << (8 - take) & 0xFF);
            BitCopy.Copy([low], 0, buffer, position, take);
        }

        return this;
    }

    /// <summary>Writes a signed number of <paramref name="bits"/> bits, two's complement.</summary>
    public CellBuilder StoreInt(long value, int bits) => StoreInt((BigInteger)value, bits);

    /// <summary>Writes a signed number of <paramref name="bits"/> bits, two's complement.</summary>
    public CellBuilder StoreInt(BigInteger value, int bits)
    {
        if (bits < 0 || (bits == 0 ? !value.IsZero : value.GetBitLength() >= bits))
        {
            throw new TonFormatException(FormatCode.Range);
        }

        return StoreUint(value.Sign < 0 ? value + (BigInteger.One << bits) : value, bits);
    }

    /// <summary>Writes an unsigned number of <paramref name="bits"/> bits, for numbers past 128 bits.</summary>
    public CellBuilder StoreUint(BigInteger value, int bits)
    {
        if (value.Sign < 0 || value.GetBitLength() > bits)
        {
            throw new TonFormatException(FormatCode.Range);
        }

        byte[] big = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        int width = Math.Min(bits, big.Length * 8);
        int end = Reserve(bits);
        BitCopy.Copy(big, (big.Length * 8) - width, buffer, end - width, width);
        return this;
    }

    /// <summary>Writes the first <paramref name="count"/> bits of <paramref name="source"/>.</summary>
    public CellBuilder StoreBits(ReadOnlySpan<byte> source, int count)
    {
        if (count > source.Length * 8)
        {
            throw new TonFormatException(FormatCode.Range);
        }

        int end = Reserve(count);
        BitCopy.Copy(source, 0, buffer, end - count, count);
        return this;
    }

    /// <summary>Writes whole bytes.</summary>
    public CellBuilder StoreBytes(ReadOnlySpan<byte> source) => StoreBits(source, checked(source.Length * 8));

    /// <summary>Writes 256 bits.</summary>
    public CellBuilder StoreBits256(Bits256 value)
    {
        Span<byte> bytes = stackalloc byte[Bits256.Size];
        value.CopyTo(bytes);
        return StoreBytes(bytes);
    }

    /// <summary>Writes an amount as VarUInteger 16: four bits of length, then that many bytes.</summary>
    public CellBuilder StoreCoins(Coins value) => StoreVarUint(value.Nano, 4);

    /// <summary>Writes <c>addr_none$00</c> for null, else <c>addr_std$10</c> without anycast: 267 bits.</summary>
    public CellBuilder StoreAddress(Address? address) => address is { } some
        ? StoreUint(0b100UL, 3).StoreInt(some.Workchain, 8).StoreBits256(some.Hash)
        : StoreUint(0UL, 2);

    /// <summary>Adds a reference.</summary>
    public CellBuilder StoreRef(Cell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        if (refs.Count == Cell.MaxRefs)
        {
            throw new TonFormatException(FormatCode.Overflow);
        }

        refs.Add(cell);
        return this;
    }

    /// <summary>Writes <c>Maybe ^Cell</c>: a bit, and the reference if there is one.</summary>
    public CellBuilder StoreMaybeRef(Cell? cell) => cell is null ? StoreBit(false) : StoreBit(true).StoreRef(cell);

    /// <summary>Writes what is left in a slice, bits and references; the slice stays where it is.</summary>
    public CellBuilder StoreSlice(CellSlice slice)
    {
        ArgumentNullException.ThrowIfNull(slice);
        int end = Reserve(slice.RemainingBits);
        BitCopy.Copy(slice.Source.Bits, slice.BitPosition, buffer, end - slice.RemainingBits, slice.RemainingBits);
        foreach (Cell cell in slice.Source.Refs.AsSpan()[slice.RefPosition..])
        {
            StoreRef(cell);
        }

        return this;
    }

    /// <summary>Writes what another builder holds.</summary>
    public CellBuilder StoreBuilder(CellBuilder other)
    {
        ArgumentNullException.ThrowIfNull(other);
        StoreBits(other.buffer, other.BitLength);
        foreach (Cell cell in other.refs)
        {
            StoreRef(cell);
        }

        return this;
    }

    /// <summary>The cell. The builder may go on and make a longer one.</summary>
    /// <param name="exotic">Whether the first byte names an exotic kind, whose layout is then checked.</param>
    public Cell EndCell(bool exotic = false) =>
        Cell.TryCreate(buffer[..((BitLength + 7) >> 3)], BitLength, refs.ToImmutable(), exotic, out Cell? cell, out string? code)
            ? cell
            : throw new TonFormatException(code);

    /// <summary>A length in bytes of <paramref name="lengthBits"/> bits, then the shortest form of the number.</summary>
    internal CellBuilder StoreVarUint(UInt128 value, int lengthBits)
    {
        int length = (128 - (int)UInt128.LeadingZeroCount(value) + 7) / 8;
        return StoreUint((UInt128)(uint)length, lengthBits).StoreUint(value, length * 8);
    }

    private int Reserve(int bits)
    {
        if (bits < 0 || bits > Cell.MaxBits - BitLength)
        {
            throw new TonFormatException(FormatCode.Overflow);
        }

        BitLength += bits;
        return BitLength;
    }
}
