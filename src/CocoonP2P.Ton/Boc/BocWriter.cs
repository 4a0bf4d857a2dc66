using System.Buffers.Binary;

namespace CocoonP2P.Ton;

/// <summary>Lays the cells out parents first and writes them.</summary>
internal static class BocWriter
{
    public static byte[] Write(Cell root, bool withCrc, bool withIndex)
    {
        List<Cell> cells = ParentsFirst(root, out Dictionary<Bits256, int> places);
        int refSize = BytesFor(cells.Count);
        int[] ends = new int[cells.Count];
        int total = 0;
        for (int i = 0; i < cells.Count; i++)
        {
            total += 2 + cells[i].Bits.Length + (cells[i].Refs.Length * refSize);
            ends[i] = total;
        }

        int offsetSize = BytesFor(total);
        int header = 4 + 1 + 1 + (4 * refSize) + offsetSize + (withIndex ? cells.Count * offsetSize : 0);
        byte[] bytes = new byte[header + total + (withCrc ? Crc32C.Size : 0)];
        var output = new Output(bytes);
        output.Number(BagOfCells.Magic, 4);
        output.Number((withIndex ? 0x80UL : 0) | (withCrc ? 0x40UL : 0) | (uint)refSize, 1);
        output.Number((uint)offsetSize, 1);
        output.Number((uint)cells.Count, refSize);
        output.Number(1, refSize);
        output.Number(0, refSize);
        output.Number((uint)total, offsetSize);
        output.Number(0, refSize);
        foreach (int end in withIndex ? ends : [])
        {
            output.Number((uint)end, offsetSize);
        }

        foreach (Cell cell in cells)
        {
            output.Cell(cell, places, refSize);
        }

        if (withCrc)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(bytes.Length - Crc32C.Size), Crc32C.Compute(bytes.AsSpan(..^Crc32C.Size)));
        }

        return bytes;
    }

    /// <summary>The reverse of the order in which a depth-first walk, last reference first, leaves the cells.</summary>
    private static List<Cell> ParentsFirst(Cell root, out Dictionary<Bits256, int> places)
    {
        var left = new List<Cell>();
        places = new Dictionary<Bits256, int> { [root.Hash] = 0 };
        var path = new Stack<(Cell Cell, int Next)>();
        path.Push((root, root.Refs.Length - 1));
        while (path.TryPop(out (Cell Cell, int Next) step))
        {
            if (step.Next < 0)
            {
                left.Add(step.Cell);
                continue;
            }

            path.Push((step.Cell, step.Next - 1));
            Cell child = step.Cell.Refs[step.Next];
            if (places.TryAdd(child.Hash, 0))
            {
                path.Push((child, child.Refs.Length - 1));
            }
        }

        left.Reverse();
        for (int i = 0; i < left.Count; i++)
        {
            places[left[i].Hash] = i;
        }

        return left;
    }

    private static int BytesFor(int value)
    {
        int size = 1;
        while (value >> (8 * size) != 0 && size < 4)
        {
            size++;
        }

        return size;
    }

    private ref struct Output(Span<byte> target)
    {
        private readonly Span<byte> target = target;
        private int position;

        public void Number(ulong value, int size)
        {
            for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
            {
                target[position++] = (byte)((value >> shift) & 0xFF);
            }
        }

        public void Cell(Cell cell, Dictionary<Bits256, int> places, int refSize)
        {
            target[position] = Descriptors.Refs(cell.Refs.Length, cell.Type, cell.Mask);
            target[position + 1] = Descriptors.Bits(cell.BitLength);
            position += 2;
            cell.Bits.CopyTo(target[position..]);
            Descriptors.Pad(target[position..], cell.BitLength);
            position += cell.Bits.Length;
            foreach (Cell child in cell.Refs)
            {
                Number((uint)places[child.Hash], refSize);
            }
        }
    }
}
