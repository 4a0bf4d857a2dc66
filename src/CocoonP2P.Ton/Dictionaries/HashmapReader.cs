using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Ton;

/// <summary>Walks the tree with a stack of its own: left before right, so that keys come out sorted.</summary>
internal static class HashmapReader
{
    public static bool TryRead(
        Cell? root,
        int keyBits,
        int maxEntries,
        out List<(byte[] Key, CellSlice Value)> leaves,
        [NotNullWhen(false)] out string? code)
    {
        leaves = [];
        code = null;
        var open = new Stack<(Cell Cell, byte[] Prefix, int Length)>();
        if (root is not null)
        {
            open.Push((root, new byte[(keyBits + 7) >> 3], 0));
        }

        while (open.TryPop(out (Cell Cell, byte[] Prefix, int Length) edge))
        {
            if (!TryLoadLabel(edge.Cell, edge.Prefix, edge.Length, keyBits, out CellSlice slice, out int at, out code))
            {
                return false;
            }

            if (at == keyBits)
            {
                if (leaves.Count == maxEntries)
                {
                    code = FormatCode.DictionaryLimit;
                    return false;
                }

                leaves.Add((edge.Prefix, slice));
                continue;
            }

            byte[] right = [.. edge.Prefix];
            right[at >> 3] |= (byte)(0x80 >> (at & 7));
            open.Push((slice.Source.Refs[1], right, at + 1));
            open.Push((slice.Source.Refs[0], edge.Prefix, at + 1));
        }

        code = null;
        return true;
    }

    public static bool TryFind(Cell? root, byte[] key, int keyBits, [NotNullWhen(true)] out CellSlice? value)
    {
        value = null;
        int length = 0;
        Cell? cell = root;
        while (cell is not null)
        {
            byte[] path = new byte[key.Length];
            if (!TryLoadLabel(cell, path, length, keyBits, out CellSlice slice, out int at, out _)
                || !SameBits(path, key, length, at))
            {
                return false;
            }

            if (at == keyBits)
            {
                value = slice;
                return true;
            }

            cell = cell.Refs[BitCopy.Get(key, at) ? 1 : 0];
            length = at + 1;
        }

        return false;
    }

    /// <summary>Reads the label of an edge that starts after <paramref name="length"/> bits; a fork behind it has two
    /// references and no bits.</summary>
    private static bool TryLoadLabel(
        Cell cell, byte[] key, int length, int keyBits, out CellSlice slice, out int at, [NotNullWhen(false)] out string? code)
    {
        slice = cell.BeginParse();
        at = length;
        if (cell.IsExotic)
        {
            code = FormatCode.Exotic;
            return false;
        }

        if (!HashmapLabel.TryLoad(slice, key, length, keyBits - length, out int label))
        {
            code = FormatCode.DictionaryLabel;
            return false;
        }

        at = length + label;
        bool wellFormed = at == keyBits || (slice.RemainingBits == 0 && slice.RemainingRefs == 2);
        code = wellFormed ? null : FormatCode.DictionaryNode;
        return wellFormed;
    }

    private static bool SameBits(byte[] left, byte[] right, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            if (BitCopy.Get(left, i) != BitCopy.Get(right, i))
            {
                return false;
            }
        }

        return true;
    }
}
