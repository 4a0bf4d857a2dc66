namespace CocoonP2P.Inference.Scheduling;

/// <summary>Philox4x32-10 (Salmon and others, 2011): random bits as a function of a key and a counter, with no state between.</summary>
internal static class Philox
{
    private const int Rounds = 10;

    /// <summary>64 bits for one draw.</summary>
    /// <param name="key">The job's seed.</param>
    /// <param name="position">Position of the token that is drawn, prompt included.</param>
    /// <param name="choice">Which of several answers to one prompt.</param>
    /// <param name="purpose">What the bits are for, so that two uses at one position are independent.</param>
    public static ulong Draw(ulong key, uint position, uint choice = 0, uint purpose = 0)
    {
        Span<uint> counter = [position, choice, purpose, 0];
        Block(counter, key);
        return ((ulong)counter[1] << 32) | counter[0];
    }

    /// <summary>Replaces a counter of four words by its block.</summary>
    public static void Block(Span<uint> counter, ulong key)
    {
        unchecked
        {
            (uint k0, uint k1) = ((uint)key, (uint)(key >> 32));
            for (int round = 0; round < Rounds; round++)
            {
                ulong p0 = (ulong)counter[0] * 0xD2511F53, p1 = (ulong)counter[2] * 0xCD9E8D57;
                (counter[0], counter[1], counter[2], counter[3]) =
                    ((uint)(p1 >> 32) ^ counter[1] ^ k0, (uint)p1, (uint)(p0 >> 32) ^ counter[3] ^ k1, (uint)p0);
                k0 += 0x9E3779B9;
                k1 += 0xBB67AE85;
            }
        }
    }
}
