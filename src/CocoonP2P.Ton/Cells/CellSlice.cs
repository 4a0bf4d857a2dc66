using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Ton;

/// <summary>Reads a cell, field by field. <c>Try…</c> returns false and does not move when the cell is too short or the
/// field is malformed: for hostile input. <c>Load…</c> throws <see cref="TonFormatException"/> instead.</summary>
public sealed partial class CellSlice
{
    internal CellSlice(Cell source) => Source = source;

    /// <summary>Bits not yet read.</summary>
    public int RemainingBits => Source.BitLength - BitPosition;

    /// <summary>References not yet read.</summary>
    public int RemainingRefs => Source.Refs.Length - RefPosition;

    /// <summary>Whether bits and references are all read.</summary>
    public bool IsEmpty => RemainingBits == 0 && RemainingRefs == 0;

    internal Cell Source { get; }

    internal int BitPosition { get; private set; }

    internal int RefPosition { get; private set; }

    /// <summary>A second reader at the same place.</summary>
    public CellSlice Clone() => new(Source) { BitPosition = BitPosition, RefPosition = RefPosition };

    /// <summary>Passes over bits.</summary>
    public bool TrySkip(int bits)
    {
        if (bits < 0 || bits > RemainingBits)
        {
            return false;
        }

        BitPosition += bits;
        return true;
    }

    /// <summary>Reads one bit.</summary>
    public bool TryLoadBit(out bool value)
    {
        bool read = TryLoadUint(1, out ulong bit);
        value = bit == 1;
        return read;
    }

    /// <summary>Reads an unsigned number of 0 to 64 bits.</summary>
    public bool TryLoadUint(int bits, out ulong value)
    {
        bool read = TryPeekUint(bits, out value);
        return read && TrySkip(bits);
    }

    /// <summary>Reads an unsigned number of 0 to 64 bits and stays where it is.</summary>
    public bool TryPeekUint(int bits, out ulong value)
    {
        value = 0;
        if (bits is < 0 or > 64 || bits > RemainingBits)
        {
            return false;
        }

        int position = BitPosition;
        for (int left = bits; left > 0;)
        {
            int take = Math.Min(8, left);
            value = (value << take) | (uint)BitCopy.Peek(Source.Bits, position, take);
            position += take;
            left -= take;
        }

        return true;
    }

    /// <summary>Reads an unsigned number of 0 to 128 bits.</summary>
    public bool TryLoadUint128(int bits, out UInt128 value)
    {
        value = 0;
        if (bits is < 0 or > 128 || bits > RemainingBits)
        {
            return false;
        }

        int head = Math.Max(0, bits - 64);
        TryLoadUint(head, out ulong high);
        TryLoadUint(bits - head, out ulong low);
        value = new UInt128(high, low);
        return true;
    }

    /// <summary>Reads a signed number of 1 to 64 bits, two's complement.</summary>
    public bool TryLoadInt(int bits, out long value)
    {
        value = 0;
        if (bits is < 1 or > 64 || !TryLoadUint(bits, out ulong raw))
        {
            return false;
        }

        value = unchecked((long)(raw << (64 - bits)) >> (64 - bits));
        return true;
    }

    /// <summary>Reads <paramref name="count"/> bits to the start of <paramref name="target"/>; the rest of its last byte
    /// becomes zero.</summary>
    public bool TryLoadBits(Span<byte> target, int count)
    {
        if (count < 0 || count > RemainingBits || count > target.Length * 8)
        {
            return false;
        }

        target[..((count + 7) >> 3)].Clear();
        BitCopy.Copy(Source.Bits, BitPosition, target, 0, count);
        return TrySkip(count);
    }

    /// <summary>Reads 256 bits.</summary>
    public bool TryLoadBits256(out Bits256 value)
    {
        Span<byte> bytes = stackalloc byte[Bits256.Size];
        bool read = TryLoadBits(bytes, 256);
        value = new Bits256(bytes);
        return read;
    }

    /// <summary>Reads an amount (VarUInteger 16) in its shortest form; a longer form is refused.</summary>
    public bool TryLoadCoins(out Coins value)
    {
        bool read = TryLoadVarUint(4, out UInt128 nano);
        value = read ? new Coins(nano) : Coins.Zero;
        return read;
    }

    /// <summary>Reads <c>addr_none</c> as null, or <c>addr_std</c> without anycast; the other forms are refused.</summary>
    public bool TryLoadAddress(out Address? address)
    {
        address = null;
        if (TryPeekUint(2, out ulong tag) && tag == 0)
        {
            return TrySkip(2);
        }

        if (RemainingBits < Address.StoredBits || !TryPeekUint(3, out tag) || tag != 0b100)
        {
            return false;
        }

        TrySkip(3);
        TryLoadInt(8, out long workchain);
        TryLoadBits256(out Bits256 hash);
        address = new Address((int)workchain, hash);
        return true;
    }

    /// <summary>Takes the next reference.</summary>
    public bool TryLoadRef([NotNullWhen(true)] out Cell? cell)
    {
        cell = RemainingRefs > 0 ? Source.Refs[RefPosition++] : null;
        return cell is not null;
    }

    /// <summary>Reads <c>Maybe ^Cell</c>, null where there is none.</summary>
    public bool TryLoadMaybeRef(out Cell? cell)
    {
        cell = null;
        if (!TryPeekUint(1, out ulong present) || (present == 1 && RemainingRefs == 0))
        {
            return false;
        }

        TrySkip(1);
        return present == 0 || TryLoadRef(out cell);
    }

    /// <summary>Reads a length in bytes of <paramref name="lengthBits"/> bits, then a number of up to 128 bits.</summary>
    internal bool TryLoadVarUint(int lengthBits, out UInt128 value)
    {
        value = 0;
        if (!TryPeekUint(lengthBits, out ulong length) || length > 16 || lengthBits + ((int)length * 8) > RemainingBits)
        {
            return false;
        }

        int start = BitPosition;
        TrySkip(lengthBits);
        TryLoadUint128((int)length * 8, out value);
        if (length > 0 && value >> (((int)length - 1) * 8) == 0)
        {
            BitPosition = start;
            value = 0;
            return false;
        }

        return true;
    }
}
