using System.Numerics;

namespace CocoonP2P.Ton;

/// <summary>The label of an edge: <c>hml_short$0</c>, <c>hml_long$10</c>, <c>hml_same$11</c> of block.tlb. The shortest is
/// written, the first of that list where two are equal; any is read.</summary>
internal static class HashmapLabel
{
    /// <summary>Writes bits <paramref name="from"/> to <paramref name="to"/> of a key whose edge may be
    /// <paramref name="most"/> long.</summary>
    public static void Store(CellBuilder target, ReadOnlySpan<byte> key, int from, int to, int most)
    {
        int length = to - from;
        int width = WidthFor(most);
        int shortSize = (2 * length) + 2;
        int longSize = 2 + width + length;
        int sameSize = IsSame(key, from, to) ? 3 + width : int.MaxValue;
        if (sameSize < Math.Min(shortSize, longSize))
        {
            target.StoreUint(0b11, 2).StoreBit(BitCopy.Get(key, from)).StoreUint((UInt128)(uint)length, width);
            return;
        }

        if (longSize < shortSize)
        {
            target.StoreUint(0b10, 2).StoreUint((UInt128)(uint)length, width);
        }
        else
        {
            target.StoreBit(false).StoreUint((UInt128.One << length) - 1, length).StoreBit(false);
        }

        for (int i = from; i < to; i++)
        {
            target.StoreBit(BitCopy.Get(key, i));
        }
    }

    /// <summary>Reads a label into a key from bit <paramref name="from"/> on; at most <paramref name="most"/> bits.</summary>
    public static bool TryLoad(CellSlice source, byte[] key, int from, int most, out int length)
    {
        length = 0;
        if (!source.TryLoadBit(out bool notShort))
        {
            return false;
        }

        if (!notShort)
        {
            return TryLoadUnary(source, most, out length) && TryLoadBits(source, key, from, length);
        }

        if (!source.TryLoadBit(out bool same))
        {
            return false;
        }

        bool value = false;
        if ((same && !source.TryLoadBit(out value)) || !source.TryLoadUint(WidthFor(most), out ulong size) || size > (ulong)most)
        {
            return false;
        }

        length = (int)size;
        if (!same)
        {
            return TryLoadBits(source, key, from, length);
        }

        for (int i = from; value && i < from + length; i++)
        {
            key[i >> 3] |= (byte)(0x80 >> (i & 7));
        }

        return true;
    }

    private static bool TryLoadUnary(CellSlice source, int most, out int length)
    {
        length = 0;
        while (source.TryLoadBit(out bool more))
        {
            if (!more)
            {
                return true;
            }

            if (++length > most)
            {
                return false;
            }
        }

        return false;
    }

    private static bool TryLoadBits(CellSlice source, byte[] key, int from, int length)
    {
        if (source.RemainingBits < length)
        {
            return false;
        }

        BitCopy.Copy(source.Source.Bits, source.BitPosition, key, from, length);
        return source.TrySkip(length);
    }

    private static bool IsSame(ReadOnlySpan<byte> key, int from, int to)
    {
        for (int i = from + 1; i < to; i++)
        {
            if (BitCopy.Get(key, i) != BitCopy.Get(key, from))
            {
                return false;
            }
        }

        return to > from;
    }

    private static int WidthFor(int most) => 32 - BitOperations.LeadingZeroCount((uint)most);
}
