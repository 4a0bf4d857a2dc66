namespace CocoonP2P.Ton;

/// <summary>The two bytes before a cell's data, in its hash and in a bag of cells, and the padding of its last byte.</summary>
internal static class Descriptors
{
    public static byte Refs(int count, CellType type, LevelMask mask) =>
        (byte)(count + (type == CellType.Ordinary ? 0 : 8) + (mask.Value << 5));

    public static byte Bits(int bitLength) => (byte)((bitLength >> 3) + ((bitLength + 7) >> 3));

    /// <summary>Where the bits do not fill the last byte, a one follows them and zeros fill the rest.</summary>
    public static void Pad(Span<byte> bytes, int bitLength)
    {
        if ((bitLength & 7) != 0)
        {
            bytes[bitLength >> 3] |= (byte)(0x80 >> (bitLength & 7));
        }
    }
}
