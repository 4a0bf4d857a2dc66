using System.Numerics;

namespace CocoonP2P.Ton;

/// <summary>Which of levels 1 to 3 a cell has a hash of its own for, beside level 0: three bits, level 1 the lowest.</summary>
internal readonly record struct LevelMask(int Value)
{
    public const int MaxLevel = 3;

    public int Level => 32 - BitOperations.LeadingZeroCount((uint)Value);

    /// <summary>How many of the cell's hashes come before the one of its highest level.</summary>
    public int HashIndex => BitOperations.PopCount((uint)Value);

    public LevelMask Apply(int level) => new(Value & ((1 << level) - 1));

    public bool IsSignificant(int level) => level == 0 || ((Value >> (level - 1)) & 1) != 0;
}
