using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Ton;

/// <summary>The unit of all data on TON: up to 1,023 bits and up to four references to other cells, immutable and hashed
/// when made. Equal hashes mean equal trees. (TON whitepaper, appendix of the TVM: section 3.1.)</summary>
public sealed class Cell : IEquatable<Cell>
{
    /// <summary>The most bits a cell holds.</summary>
    public const int MaxBits = 1023;

    /// <summary>The most references a cell holds.</summary>
    public const int MaxRefs = 4;

    /// <summary>The deepest tree that validators and this library accept.</summary>
    public const int MaxDepth = 1024;

    /// <summary>No bits and no references.</summary>
    public static readonly Cell Empty = new CellBuilder().EndCell();

    private readonly byte[] bytes;
    private readonly CellHashes hashes;

    private Cell(byte[] bytes, int bitLength, ImmutableArray<Cell> refs, CellType type, CellHashes hashes)
    {
        this.bytes = bytes;
        this.hashes = hashes;
        BitLength = bitLength;
        Refs = refs;
        Type = type;
    }

    /// <summary>How many bits the cell holds, 0 to 1,023.</summary>
    public int BitLength { get; }

    /// <summary>The bits, most significant first; what is left of the last byte is zero.</summary>
    public ReadOnlySpan<byte> Bits => bytes;

    /// <summary>The cells this one refers to, at most four.</summary>
    public ImmutableArray<Cell> Refs { get; }

    /// <summary>What kind of cell this is.</summary>
    public CellType Type { get; }

    /// <summary>Whether this is anything but an ordinary cell.</summary>
    public bool IsExotic => Type != CellType.Ordinary;

    /// <summary>The representation hash: what is signed, and what an address is.</summary>
    public Bits256 Hash => hashes.Hash(LevelMask.MaxLevel);

    /// <summary>The longest path down from here, 0 for a cell without references.</summary>
    public int Depth => hashes.Depth(LevelMask.MaxLevel);

    /// <summary>0 for a cell that no pruned branch is part of, else 1 to 3.</summary>
    public int Level => hashes.Mask.Level;

    internal LevelMask Mask => hashes.Mask;

    /// <summary>The hash as seen from a level, 0 to 3: at 0 that of the tree before anything was pruned.</summary>
    public Bits256 HashAt(int level) => hashes.Hash(level);

    /// <summary>The depth as seen from a level, 0 to 3.</summary>
    public int DepthAt(int level) => hashes.Depth(level);

    /// <summary>A reader at the first bit and the first reference.</summary>
    public CellSlice BeginParse() => new(this);

    /// <inheritdoc/>
    public bool Equals(Cell? other) => other is not null && Hash == other.Hash;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Cell);

    /// <inheritdoc/>
    public override int GetHashCode() => Hash.GetHashCode();

    /// <summary>Sizes and hash, for a debugger.</summary>
    public override string ToString() => $"{Type}, {BitLength} bits, {Refs.Length} refs, {Hash}";

    /// <summary>The only way to a cell: checks the rules of its kind and hashes it. The cell owns <paramref name="bytes"/>
    /// from here on; what follows the bits is zero.</summary>
    internal static bool TryCreate(
        byte[] bytes,
        int bitLength,
        ImmutableArray<Cell> refs,
        bool exotic,
        [NotNullWhen(true)] out Cell? cell,
        [NotNullWhen(false)] out string? code)
    {
        cell = null;
        CellType type = CellType.Ordinary;
        if (exotic && !ExoticRules.TryReadType(bytes, bitLength, refs, out type))
        {
            code = FormatCode.Exotic;
            return false;
        }

        CellHashes hashes = CellHashes.Compute(bytes, bitLength, refs, type);
        if (hashes.LargestDepth > MaxDepth)
        {
            code = FormatCode.Depth;
            return false;
        }

        cell = new Cell(bytes, bitLength, refs, type, hashes);
        code = null;
        return true;
    }
}
