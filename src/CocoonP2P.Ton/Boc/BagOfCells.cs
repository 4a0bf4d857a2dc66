using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Ton;

/// <summary>Trees of cells as bytes: <c>serialized_boc#b5ee9c72</c> of TON's boc.tlb. What is written is byte for byte what
/// @ton/core writes. Reading takes linear time and no recursion, and checks counts, order and sizes before allocating.</summary>
public static class BagOfCells
{
    /// <summary>The most cells in a bag that is read; validators accept no larger message or state.</summary>
    public const int MaxCells = 65_536;

    /// <summary>The most roots in a bag that is read; a proof has two.</summary>
    public const int MaxRoots = 16;

    internal const uint Magic = 0xB5EE9C72;

    /// <summary>Writes one tree; equal subtrees once.</summary>
    /// <param name="root">The top of the tree.</param>
    /// <param name="withCrc">Whether a CRC32C ends the bytes.</param>
    /// <param name="withIndex">Whether the end of each cell stands in front of the cells.</param>
    public static byte[] Encode(Cell root, bool withCrc = true, bool withIndex = false)
    {
        ArgumentNullException.ThrowIfNull(root);
        return BocWriter.Write(root, withCrc, withIndex);
    }

    /// <summary><see cref="Encode"/>, in base64.</summary>
    public static string EncodeBase64(Cell root, bool withCrc = true) => Convert.ToBase64String(Encode(root, withCrc));

    /// <summary>Reads bytes with exactly one root.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Cell? root) => TryDecode(bytes, out root, out _);

    /// <summary>Reads bytes with exactly one root, or throws <see cref="TonFormatException"/>.</summary>
    public static Cell Decode(ReadOnlySpan<byte> bytes) =>
        TryDecode(bytes, out Cell? root, out string? code) ? root : throw new TonFormatException(code);

    /// <summary>Reads base64 with exactly one root, or throws <see cref="TonFormatException"/>.</summary>
    public static Cell DecodeBase64(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        byte[] bytes = new byte[((text.Length / 4) + 1) * 3];
        return Convert.TryFromBase64String(text, bytes, out int written)
            ? Decode(bytes.AsSpan(0, written))
            : throw new TonFormatException(FormatCode.Base64);
    }

    /// <summary>Reads bytes with one to <see cref="MaxRoots"/> roots, in their order.</summary>
    public static bool TryDecodeRoots(ReadOnlySpan<byte> bytes, out ImmutableArray<Cell> roots) =>
        BocReader.TryRead(bytes, out roots, out _);

    internal static bool TryDecode(
        ReadOnlySpan<byte> bytes,
        [NotNullWhen(true)] out Cell? root,
        [NotNullWhen(false)] out string? code)
    {
        root = null;
        if (!BocReader.TryRead(bytes, out ImmutableArray<Cell> roots, out code))
        {
            return false;
        }

        if (roots.Length != 1)
        {
            code = FormatCode.BocRoots;
            return false;
        }

        root = roots[0];
        return true;
    }
}
