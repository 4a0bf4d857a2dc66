using System.Numerics;

namespace CocoonP2P.Ton;

/// <summary>The Castagnoli checksum at the end of a bag of cells, written least significant byte first.</summary>
internal static class Crc32C
{
    public const int Size = 4;

    public static uint Compute(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte next in data)
        {
            crc = BitOperations.Crc32C(crc, next);
        }

        return ~crc;
    }
}
