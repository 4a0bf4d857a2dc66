using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace CocoonP2P.Ton;

/// <summary>The hashes and depths of a cell, one pair for each level that matters. Children are already hashed, so this
/// is one step however deep the tree is. (TVM description, sections 3.1.4 to 3.1.6.)</summary>
internal sealed class CellHashes
{
    private const int LargestRepresentation = 2 + 128 + (Cell.MaxRefs * (2 + 32));

    private readonly Bits256 top;
    private readonly int topDepth;
    private readonly (Bits256 Hash, int Depth)[] lower;

    private CellHashes(LevelMask mask, Bits256 top, int topDepth, (Bits256 Hash, int Depth)[] lower)
    {
        Mask = mask;
        this.top = top;
        this.topDepth = topDepth;
        this.lower = lower;
    }

    public LevelMask Mask { get; }

    public Bits256 Hash(int level)
    {
        int index = Mask.Apply(level).HashIndex;
        return index < lower.Length ? lower[index].Hash : top;
    }

    public int Depth(int level)
    {
        int index = Mask.Apply(level).HashIndex;
        return index < lower.Length ? lower[index].Depth : topDepth;
    }

    /// <summary>The deepest that the cell looks from any level.</summary>
    public int LargestDepth => lower.Aggregate(topDepth, static (deepest, pair) => Math.Max(deepest, pair.Depth));

    public static CellHashes Compute(ReadOnlySpan<byte> bytes, int bitLength, ImmutableArray<Cell> refs, CellType type)
    {
        LevelMask mask = MaskOf(bytes, refs, type);
        if (type == CellType.PrunedBranch)
        {
            Bits256 own = HashLevel(bytes, bitLength, bytes, refs, type, mask, LevelMask.MaxLevel);
            return new CellHashes(mask, own, 0, StoredPairs(bytes, mask.HashIndex));
        }

        (Bits256 Hash, int Depth)[] pairs = mask.HashIndex == 0 ? [] : new (Bits256, int)[mask.HashIndex];
        Span<byte> previous = stackalloc byte[Bits256.Size];
        scoped ReadOnlySpan<byte> content = bytes;
        int found = 0;
        for (int level = 0; ; level++)
        {
            if (!mask.IsSignificant(level))
            {
                continue;
            }

            int depth = DepthOf(refs, type, level);
            Bits256 hash = HashLevel(content, bitLength, bytes, refs, type, mask.Apply(level), level);
            if (found == pairs.Length)
            {
                return new CellHashes(mask, hash, depth, pairs);
            }

            pairs[found++] = (hash, depth);
            hash.CopyTo(previous);
            content = previous;
        }
    }

    private static LevelMask MaskOf(ReadOnlySpan<byte> bytes, ImmutableArray<Cell> refs, CellType type)
    {
        if (type == CellType.PrunedBranch)
        {
            return new LevelMask(bytes[1]);
        }

        int mask = 0;
        foreach (Cell child in refs)
        {
            mask |= child.Mask.Value;
        }

        // What is below a Merkle cell is seen from one level higher.
        return new LevelMask(IsMerkle(type) ? mask >> 1 : mask);
    }

    private static (Bits256 Hash, int Depth)[] StoredPairs(ReadOnlySpan<byte> bytes, int count)
    {
        var pairs = new (Bits256, int)[count];
        ReadOnlySpan<byte> hashes = bytes[2..];
        ReadOnlySpan<byte> depths = hashes[(count * Bits256.Size)..];
        for (int i = 0; i < count; i++)
        {
            pairs[i] = (new Bits256(hashes.Slice(i * Bits256.Size, Bits256.Size)),
                BinaryPrimitives.ReadUInt16BigEndian(depths[(2 * i)..]));
        }

        return pairs;
    }

    private static int DepthOf(ImmutableArray<Cell> refs, CellType type, int level)
    {
        int deepest = -1;
        foreach (Cell child in refs)
        {
            deepest = Math.Max(deepest, child.DepthAt(ChildLevel(type, level)));
        }

        return deepest + 1;
    }

    /// <summary>Hashes descriptors, content, then the children's depths and hashes. The second descriptor always tells the
    /// length of the cell's own bits, also where the content is the hash of the level below.</summary>
    private static Bits256 HashLevel(
        ReadOnlySpan<byte> content,
        int bitLength,
        ReadOnlySpan<byte> bytes,
        ImmutableArray<Cell> refs,
        CellType type,
        LevelMask mask,
        int level)
    {
        Span<byte> text = stackalloc byte[LargestRepresentation];
        text[0] = Descriptors.Refs(refs.Length, type, mask);
        text[1] = Descriptors.Bits(bitLength);
        content.CopyTo(text[2..]);
        int length = 2 + content.Length;
        if (content == bytes)
        {
            Descriptors.Pad(text[2..], bitLength);
        }

        int childLevel = ChildLevel(type, level);
        foreach (Cell child in refs)
        {
            BinaryPrimitives.WriteUInt16BigEndian(text[length..], (ushort)child.DepthAt(childLevel));
            length += 2;
        }

        foreach (Cell child in refs)
        {
            child.HashAt(childLevel).CopyTo(text[length..]);
            length += Bits256.Size;
        }

        Span<byte> hash = stackalloc byte[Bits256.Size];
        SHA256.HashData(text[..length], hash);
        return new Bits256(hash);
    }

    private static int ChildLevel(CellType type, int level) => Math.Min(LevelMask.MaxLevel, IsMerkle(type) ? level + 1 : level);

    private static bool IsMerkle(CellType type) => type is CellType.MerkleProof or CellType.MerkleUpdate;
}
