using System.Buffers.Binary;
using System.Collections.Immutable;

namespace CocoonP2P.Ton;

/// <summary>The layout each exotic cell must have (TVM description, section 3.1.7); what breaks it is refused.</summary>
internal static class ExoticRules
{
    private const int HashAndDepthBits = 256 + 16;

    public static bool TryReadType(ReadOnlySpan<byte> bytes, int bitLength, ImmutableArray<Cell> refs, out CellType type)
    {
        type = bitLength >= 8 ? (CellType)bytes[0] : CellType.Ordinary;
        return type switch
        {
            CellType.PrunedBranch => IsPruned(bytes, bitLength, refs),
            CellType.LibraryReference => bitLength == 8 + 256 && refs.IsEmpty,
            CellType.MerkleProof => bitLength == 8 + HashAndDepthBits && refs.Length == 1 && Names(bytes[1..33], bytes[33..], refs[0]),
            CellType.MerkleUpdate => bitLength == 8 + (2 * HashAndDepthBits) && refs.Length == 2
                && Names(bytes[1..33], bytes[65..], refs[0])
                && Names(bytes[33..65], bytes[67..], refs[1]),
            _ => false,
        };
    }

    private static bool IsPruned(ReadOnlySpan<byte> bytes, int bitLength, ImmutableArray<Cell> refs)
    {
        if (bitLength < 16 || !refs.IsEmpty || bytes[1] is < 1 or > 7)
        {
            return false;
        }

        return bitLength == 16 + (new LevelMask(bytes[1]).HashIndex * HashAndDepthBits);
    }

    private static bool Names(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> depth, Cell child) =>
        new Bits256(hash) == child.HashAt(0) && BinaryPrimitives.ReadUInt16BigEndian(depth) == child.DepthAt(0);
}
