using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Ton;

/// <summary>What stands before the cells, checked against the length of the bytes.</summary>
/// <param name="RefSize">Bytes of a reference, 1 to 4.</param>
/// <param name="OffsetSize">Bytes of an entry of the index, 1 to 8.</param>
/// <param name="Cells">How many cells follow.</param>
/// <param name="Roots">How many of them are roots.</param>
/// <param name="RootsAt">Where the list of roots starts.</param>
/// <param name="IndexAt">Where the index starts, −1 where there is none.</param>
/// <param name="CellsAt">Where the cells start.</param>
/// <param name="CellsEnd">Where they end.</param>
/// <param name="IndexShift">1 where the lowest bit of an index entry is a hint for caches.</param>
internal readonly record struct BocHeader(
    int RefSize, int OffsetSize, int Cells, int Roots, int RootsAt, int IndexAt, int CellsAt, int CellsEnd, int IndexShift)
{
    public static bool TryRead(ReadOnlySpan<byte> bytes, out BocHeader header, [NotNullWhen(false)] out string? code)
    {
        header = default;
        if (bytes.Length < 6 || BinaryPrimitives.ReadUInt32BigEndian(bytes) != BagOfCells.Magic)
        {
            code = FormatCode.BocMagic;
            return false;
        }

        bool hasIndex = (bytes[4] & 0x80) != 0;
        bool hasCrc = (bytes[4] & 0x40) != 0;
        bool hasCacheBits = (bytes[4] & 0x20) != 0;
        int refSize = bytes[4] & 7;
        int offsetSize = bytes[5];
        code = FormatCode.BocHeader;
        if ((bytes[4] & 0x18) != 0 || refSize is < 1 or > 4 || offsetSize is < 1 or > 8 || (hasCacheBits && !hasIndex))
        {
            return false;
        }

        long counts = 6 + (3L * refSize) + offsetSize;
        if (bytes.Length < counts)
        {
            code = FormatCode.BocLength;
            return false;
        }

        ulong cells = Number(bytes, 6, refSize);
        ulong roots = Number(bytes, 6 + refSize, refSize);
        ulong absent = Number(bytes, 6 + (2 * refSize), refSize);
        ulong total = Number(bytes, 6 + (3 * refSize), offsetSize);
        if (cells is 0 or > BagOfCells.MaxCells || roots is 0 or > BagOfCells.MaxRoots)
        {
            code = FormatCode.BocLimit;
            return false;
        }

        long rootsEnd = counts + ((long)roots * refSize);
        long cellsAt = rootsEnd + (hasIndex ? (long)cells * offsetSize : 0);
        long rest = bytes.Length - cellsAt - (hasCrc ? Crc32C.Size : 0);
        if (absent != 0 || roots > cells)
        {
            return false;
        }

        // A cell is at least its two descriptors: this bounds all that the reader allocates.
        if (rest < 0 || total != (ulong)rest || cells * 2 > total)
        {
            code = FormatCode.BocLength;
            return false;
        }

        if (hasCrc && Crc32C.Compute(bytes[..^4]) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]))
        {
            code = FormatCode.BocChecksum;
            return false;
        }

        header = new BocHeader(
            refSize, offsetSize, (int)cells, (int)roots, (int)counts, hasIndex ? (int)rootsEnd : -1, (int)cellsAt, (int)(cellsAt + rest), hasCacheBits ? 1 : 0);
        code = null;
        return true;
    }

    public static ulong Number(ReadOnlySpan<byte> bytes, int at, int size)
    {
        ulong value = 0;
        foreach (byte next in bytes.Slice(at, size))
        {
            value = (value << 8) | next;
        }

        return value;
    }
}
