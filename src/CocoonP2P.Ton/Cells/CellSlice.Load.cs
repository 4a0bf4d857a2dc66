using System.Numerics;

namespace CocoonP2P.Ton;

/// <summary>The throwing forms.</summary>
public sealed partial class CellSlice
{
    /// <summary>Reads one bit.</summary>
    public bool LoadBit() => TryLoadBit(out bool value) ? value : throw Short();

    /// <summary>Reads an unsigned number of 0 to 64 bits.</summary>
    public ulong LoadUint(int bits) => TryLoadUint(bits, out ulong value) ? value : throw Short();

    /// <summary>Reads a signed number of 1 to 64 bits, two's complement.</summary>
    public long LoadInt(int bits) => TryLoadInt(bits, out long value) ? value : throw Short();

    /// <summary>Reads an unsigned number of any width.</summary>
    public BigInteger LoadUintBig(int bits)
    {
        int skew = (8 - (bits & 7)) & 7;
        byte[] bytes = LoadBits(bits);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true) >> skew;
    }

    /// <summary>Reads a signed number of any width from 1 bit, two's complement.</summary>
    public BigInteger LoadIntBig(int bits)
    {
        BigInteger value = LoadUintBig(bits);
        return bits > 0 && !(value >> (bits - 1)).IsZero ? value - (BigInteger.One << bits) : value;
    }

    /// <summary>Reads bits into a fresh array; the rest of its last byte is zero.</summary>
    public byte[] LoadBits(int bits)
    {
        if (bits < 0 || bits > RemainingBits)
        {
            throw Short();
        }

        byte[] bytes = new byte[(bits + 7) >> 3];
        TryLoadBits(bytes, bits);
        return bytes;
    }

    /// <summary>Reads whole bytes into a fresh array.</summary>
    public byte[] LoadBytes(int count) => count is >= 0 and <= 127 ? LoadBits(count * 8) : throw Short();

    /// <summary>Reads 256 bits.</summary>
    public Bits256 LoadBits256() => TryLoadBits256(out Bits256 value) ? value : throw Short();

    /// <summary>Reads an amount.</summary>
    public Coins LoadCoins() => TryLoadCoins(out Coins value) ? value : throw new TonFormatException(FormatCode.Coins);

    /// <summary>Reads an address that must be there.</summary>
    public Address LoadAddress() => LoadMaybeAddress() ?? throw new TonFormatException(FormatCode.Address);

    /// <summary>Reads an address or its absence.</summary>
    public Address? LoadMaybeAddress() =>
        TryLoadAddress(out Address? value) ? value : throw new TonFormatException(FormatCode.Address);

    /// <summary>Takes the next reference.</summary>
    public Cell LoadRef() => TryLoadRef(out Cell? cell) ? cell : throw Short();

    /// <summary>Reads <c>Maybe ^Cell</c>.</summary>
    public Cell? LoadMaybeRef() => TryLoadMaybeRef(out Cell? cell) ? cell : throw Short();

    /// <summary>Passes over bits.</summary>
    public CellSlice Skip(int bits) => TrySkip(bits) ? this : throw Short();

    /// <summary>What is left, as a cell of its own.</summary>
    public Cell ToCell() => new CellBuilder().StoreSlice(this).EndCell();

    /// <summary>Throws where anything is left unread.</summary>
    public void EndParse()
    {
        if (!IsEmpty)
        {
            throw new TonFormatException(FormatCode.Trailing);
        }
    }

    private static TonFormatException Short() => new(FormatCode.Underflow);
}
