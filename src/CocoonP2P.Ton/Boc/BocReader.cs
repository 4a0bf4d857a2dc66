using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Ton;

/// <summary>Reads the cells: once forwards for where each starts, once backwards to build them, children first.</summary>
internal static class BocReader
{
    private const int ExoticFlag = 8;
    private const int HashesFlag = 16;

    public static bool TryRead(ReadOnlySpan<byte> bytes, out ImmutableArray<Cell> roots, [NotNullWhen(false)] out string? code)
    {
        roots = [];
        if (!BocHeader.TryRead(bytes, out BocHeader header, out code))
        {
            return false;
        }

        int[] starts = new int[header.Cells];
        if (!TryFindStarts(bytes, header, starts, out code))
        {
            return false;
        }

        var cells = new Cell[header.Cells];
        bool[] reached = new bool[header.Cells];
        var found = ImmutableArray.CreateBuilder<Cell>(header.Roots);
        for (int i = header.Cells - 1; i >= 0; i--)
        {
            if (!TryBuild(bytes, header, starts[i], i, cells, reached, out code))
            {
                return false;
            }
        }

        for (int i = 0; i < header.Roots; i++)
        {
            ulong root = BocHeader.Number(bytes, header.RootsAt + (i * header.RefSize), header.RefSize);
            if (root >= (ulong)header.Cells)
            {
                code = FormatCode.BocRoots;
                return false;
            }

            found.Add(cells[(int)root]);
            reached[(int)root] = true;
        }

        // References lead forward, so a cell that any cell or the list of roots names hangs on some root.
        code = reached.Contains(false) ? FormatCode.BocOrphan : null;
        roots = code is null ? found.MoveToImmutable() : [];
        return code is null;
    }

    private static bool TryFindStarts(ReadOnlySpan<byte> bytes, BocHeader header, int[] starts, [NotNullWhen(false)] out string? code)
    {
        int at = header.CellsAt;
        code = FormatCode.BocCell;
        for (int i = 0; i < starts.Length; i++)
        {
            starts[i] = at;
            if (at + 2 > header.CellsEnd)
            {
                return false;
            }

            (int refs, int dataAt, int dataLength) = Shape(bytes, at);
            if (refs > Cell.MaxRefs)
            {
                return false;
            }

            at = dataAt + dataLength + (refs * header.RefSize);
            if (header.IndexAt >= 0 && IndexEntry(bytes, header, i) != (ulong)(at - header.CellsAt))
            {
                code = FormatCode.BocIndex;
                return false;
            }
        }

        code = at == header.CellsEnd ? null : FormatCode.BocLength;
        return code is null;
    }

    private static ulong IndexEntry(ReadOnlySpan<byte> bytes, BocHeader header, int cell) =>
        BocHeader.Number(bytes, header.IndexAt + (cell * header.OffsetSize), header.OffsetSize) >> header.IndexShift;

    private static (int Refs, int DataAt, int DataLength) Shape(ReadOnlySpan<byte> bytes, int at)
    {
        int hashes = (bytes[at] & HashesFlag) == 0 ? 0 : new LevelMask(bytes[at] >> 5).HashIndex + 1;
        return (bytes[at] & 7, at + 2 + (hashes * (Bits256.Size + 2)), (bytes[at + 1] + 1) >> 1);
    }

    private static bool TryBuild(
        ReadOnlySpan<byte> bytes,
        BocHeader header,
        int at,
        int place,
        Cell[] cells,
        bool[] reached,
        [NotNullWhen(false)] out string? code)
    {
        (int refCount, int dataAt, int dataLength) = Shape(bytes, at);
        byte[] data = bytes.Slice(dataAt, dataLength).ToArray();
        code = FormatCode.BocCell;
        if (!TryUnpad(data, (bytes[at + 1] & 1) != 0, out int bitLength))
        {
            return false;
        }

        var refs = ImmutableArray.CreateBuilder<Cell>(refCount);
        for (int i = 0; i < refCount; i++)
        {
            ulong child = BocHeader.Number(bytes, dataAt + dataLength + (i * header.RefSize), header.RefSize);
            if (child <= (ulong)place || child >= (ulong)cells.Length)
            {
                code = FormatCode.BocOrder;
                return false;
            }

            refs.Add(cells[(int)child]);
            reached[(int)child] = true;
        }

        if (!Cell.TryCreate(data, bitLength, refs.MoveToImmutable(), (bytes[at] & ExoticFlag) != 0, out Cell? cell, out code))
        {
            return false;
        }

        cells[place] = cell;
        code = cell.Mask.Value == bytes[at] >> 5 ? null : FormatCode.BocCell;
        return code is null;
    }

    /// <summary>Finds and clears the one that ends a partly filled last byte; without it, or with nothing before it in that
    /// byte, the encoding is not the shortest and is refused.</summary>
    private static bool TryUnpad(byte[] data, bool padded, out int bitLength)
    {
        bitLength = data.Length * 8;
        if (!padded)
        {
            return true;
        }

        int last = data[^1];
        if ((last & 0x7F) == 0)
        {
            return false;
        }

        int zeros = int.TrailingZeroCount(last);
        data[^1] = (byte)(last & (last - 1));
        bitLength -= zeros + 1;
        return true;
    }
}
