namespace CocoonP2P.Capacity;

/// <summary>Makes as many numbers in [0, 1) from 64 random bits as a choice needs (SplitMix64).</summary>
internal ref struct Chance(ulong seed)
{
    private ulong _state = seed;

    public double Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            ulong z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
        }
    }
}
