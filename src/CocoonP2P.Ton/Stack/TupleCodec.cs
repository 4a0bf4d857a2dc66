using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Ton;

// vm_stk_null#00 / vm_stk_tinyint#01 value:int64 / vm_stk_int#0201_ value:int257 / vm_stk_nan#02ff / vm_stk_cell#03 ^Cell
// vm_stk_slice#04 cell:^Cell st_bits:(## 10) end_bits:(## 10) st_ref:(#<= 4) end_ref:(#<= 4) / vm_stk_builder#05 ^Cell
// vm_stk_tuple#07 len:(## 16) data:(VmTuple len) = VmStackValue;
// vm_stack#_ depth:(## 24) stack:(VmStackList depth) = VmStack;   (block.tlb)

/// <summary>Stacks as cells, both ways. Tuples may hold tuples; the nesting is bounded by <see cref="MaxNesting"/> and the
/// number of values by <see cref="MaxItems"/>, since a few shared cells could spell out any number.</summary>
internal static class TupleCodec
{
    /// <summary>Deeper than any get-method's answer; keeps the walk's own depth small.</summary>
    public const int MaxNesting = 64;

    /// <summary>The most values of one stack, those inside tuples included.</summary>
    public const int MaxItems = 16_384;

    private const int MaxTuple = 255;

    public static Cell Encode(IReadOnlyList<TupleItem> stack)
    {
        var rest = new CellBuilder();
        foreach (TupleItem item in stack)
        {
            var next = new CellBuilder().StoreRef(rest.EndCell());
            StoreItem(next, item, 0);
            rest = next;
        }

        return new CellBuilder().StoreUint((ulong)stack.Count, 24).StoreBuilder(rest).EndCell();
    }

    public static bool TryDecode(Cell cell, [NotNullWhen(true)] out IReadOnlyList<TupleItem>? stack)
    {
        stack = null;
        CellSlice slice = cell.BeginParse();
        if (!slice.TryLoadUint(24, out ulong depth) || depth > MaxItems)
        {
            return false;
        }

        var items = new List<TupleItem>();
        int budget = MaxItems;
        for (ulong left = depth; left > 0; left--)
        {
            if (!slice.TryLoadRef(out Cell? rest) || !TryLoadItem(slice, 0, ref budget, out TupleItem? item) || !slice.IsEmpty)
            {
                return false;
            }

            items.Add(item);
            slice = rest.BeginParse();
        }

        items.Reverse();
        stack = items;
        return slice.IsEmpty;
    }

    public static void StoreItem(CellBuilder target, TupleItem item, int nesting)
    {
        switch (item)
        {
            case TupleItem.Null:
                target.StoreUint(0x00UL, 8);
                break;
            case TupleItem.Int { Value: var value } when value >= long.MinValue && value <= long.MaxValue:
                target.StoreUint(0x01UL, 8).StoreInt(value, 64);
                break;
            case TupleItem.Int { Value: var value }:
                target.StoreUint(0x0100UL, 15).StoreInt(value, 257);
                break;
            case TupleItem.NaN:
                target.StoreUint(0x02FFUL, 16);
                break;
            case TupleItem.CellValue { Cell: var cell }:
                target.StoreUint(0x03UL, 8).StoreRef(cell);
                break;
            case TupleItem.Slice { Cell: var cell }:
                target.StoreUint(0x04UL, 8).StoreUint(0UL, 10).StoreUint((ulong)cell.BitLength, 10)
                    .StoreUint(0UL, 3).StoreUint((ulong)cell.Refs.Length, 3).StoreRef(cell);
                break;
            case TupleItem.Builder { Cell: var cell }:
                target.StoreUint(0x05UL, 8).StoreRef(cell);
                break;
            case TupleItem.Tuple { Items: var items } when nesting < MaxNesting && items.Count <= MaxTuple:
                StoreTuple(target, items, nesting + 1);
                break;
            default:
                throw new TonFormatException(FormatCode.Stack);
        }
    }

    /// <summary>A tuple of one or two refers to its values; a longer one to a chain of pairs and its last value.</summary>
    private static void StoreTuple(CellBuilder target, IReadOnlyList<TupleItem> items, int nesting)
    {
        Cell? head = null;
        Cell? tail = null;
        for (int i = 0; i < items.Count; i++)
        {
            (head, tail) = (tail, head);
            if (i > 1)
            {
                head = new CellBuilder().StoreRef(tail!).StoreRef(head!).EndCell();
            }

            var value = new CellBuilder();
            StoreItem(value, items[i], nesting);
            tail = value.EndCell();
        }

        target.StoreUint(0x07UL, 8).StoreUint((ulong)items.Count, 16);
        foreach (Cell? cell in (Cell?[])[head, tail])
        {
            _ = cell is null ? target : target.StoreRef(cell);
        }
    }

    private static bool TryLoadItem(CellSlice source, int nesting, ref int budget, [NotNullWhen(true)] out TupleItem? item)
    {
        item = null;
        if (budget-- <= 0 || !source.TryLoadUint(8, out ulong tag))
        {
            return false;
        }

        switch (tag)
        {
            case 0x00:
                item = new TupleItem.Null();
                return true;
            case 0x01 when source.TryLoadInt(64, out long small):
                item = new TupleItem.Int(small);
                return true;
            case 0x02:
                item = LoadWide(source);
                return item is not null;
            case 0x03 when source.TryLoadRef(out Cell? cell):
                item = new TupleItem.CellValue(cell);
                return true;
            case 0x04:
                item = LoadSlice(source);
                return item is not null;
            case 0x05 when source.TryLoadRef(out Cell? cell):
                item = new TupleItem.Builder(cell);
                return true;
            case 0x07 when nesting < MaxNesting:
                item = LoadTuple(source, nesting + 1, ref budget);
                return item is not null;
            default:
                return false;
        }
    }

    private static TupleItem? LoadWide(CellSlice source)
    {
        if (source.TryPeekUint(8, out ulong rest) && rest == 0xFF && source.RemainingBits == 8)
        {
            source.TrySkip(8);
            return new TupleItem.NaN();
        }

        return source.RemainingBits >= 7 + 257 && source.TryLoadUint(7, out ulong zeros) && zeros == 0
            ? new TupleItem.Int(source.LoadIntBig(257))
            : null;
    }

    private static TupleItem.Slice? LoadSlice(CellSlice source)
    {
        bool read = source.TryLoadUint(10, out ulong fromBit) & source.TryLoadUint(10, out ulong toBit)
            & source.TryLoadUint(3, out ulong fromRef) & source.TryLoadUint(3, out ulong toRef);
        if (!read || !source.TryLoadRef(out Cell? cell) || fromBit > toBit || fromRef > toRef
            || (int)toBit > cell.BitLength || (int)toRef > cell.Refs.Length)
        {
            return null;
        }

        CellSlice bits = cell.BeginParse().Skip((int)fromBit);
        int count = (int)toBit - (int)fromBit;
        var part = new CellBuilder().StoreBits(bits.LoadBits(count), count);
        foreach (Cell child in cell.Refs.AsSpan()[(int)fromRef..(int)toRef])
        {
            part.StoreRef(child);
        }

        return new TupleItem.Slice(part.EndCell());
    }

    private static TupleItem.Tuple? LoadTuple(CellSlice source, int nesting, ref int budget)
    {
        if (!source.TryLoadUint(16, out ulong length) || length > MaxTuple)
        {
            return null;
        }

        var cells = new Stack<Cell>();
        CellSlice at = source;
        for (int left = (int)length; left > 0; left--)
        {
            // The last value is the second reference, or the only one of a tuple of one.
            Cell? head = null;
            if ((left > 1 && !at.TryLoadRef(out head)) || !at.TryLoadRef(out Cell? tail) || !(at == source || at.IsEmpty))
            {
                return null;
            }

            cells.Push(tail);
            if (left == 2)
            {
                cells.Push(head!);
                break;
            }

            at = head?.BeginParse() ?? at;
        }

        var items = new List<TupleItem>(cells.Count);
        foreach (Cell cell in cells)
        {
            CellSlice value = cell.BeginParse();
            if (!TryLoadItem(value, nesting, ref budget, out TupleItem? item) || !value.IsEmpty)
            {
                return null;
            }

            items.Add(item);
        }

        return new TupleItem.Tuple(items);
    }
}
