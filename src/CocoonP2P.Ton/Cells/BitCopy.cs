namespace CocoonP2P.Ton;

/// <summary>Moves runs of bits between byte arrays, most significant bit first.</summary>
internal static class BitCopy
{
    /// <summary>Ors <paramref name="count"/> bits into <paramref name="target"/>, which must be zero there.</summary>
    public static void Copy(ReadOnlySpan<byte> source, int sourceBit, Span<byte> target, int targetBit, int count)
    {
        if (((sourceBit | targetBit) & 7) == 0)
        {
            source.Slice(sourceBit >> 3, count >> 3).CopyTo(target[(targetBit >> 3)..]);
            int whole = count & ~7;
            sourceBit += whole;
            targetBit += whole;
            count -= whole;
        }

        while (count > 0)
        {
            int take = Math.Min(count, 8 - (targetBit & 7));
            int bits = Peek(source, sourceBit, take);
            target[targetBit >> 3] |= (byte)(bits << (8 - (targetBit & 7) - take));
            sourceBit += take;
            targetBit += take;
            count -= take;
        }
    }

    /// <summary>Reads up to 8 bits as a number.</summary>
    public static int Peek(ReadOnlySpan<byte> source, int bit, int count)
    {
        int index = bit >> 3;
        int window = source[index] << 8;
        if ((bit & 7) + count > 8)
        {
            window |= source[index + 1];
        }

        return (window >> (16 - (bit & 7) - count)) & ((1 << count) - 1);
    }

    /// <summary>The bit at a position.</summary>
    public static bool Get(ReadOnlySpan<byte> source, int bit) => (source[bit >> 3] & (0x80 >> (bit & 7))) != 0;

    /// <summary>How many of the first <paramref name="limit"/> bits two runs have in common.</summary>
    public static int CommonPrefix(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, int limit)
    {
        int same = left.CommonPrefixLength(right) * 8;
        while (same < limit && Get(left, same) == Get(right, same))
        {
            same++;
        }

        return Math.Min(same, limit);
    }
}
