using CocoonP2P.Ton;
using CsCheck;

namespace CocoonP2P.Tests.Ton.Dictionaries;

public sealed class HostileDictionaryTests
{
    private static readonly HashmapOptions<ulong, ulong> Options = new(
        16, (b, k) => b.StoreUint(k, 16), s => s.LoadUint(16), (b, v) => b.StoreUint(v, 8), s => s.LoadUint(8));

    [Fact]
    public void The_order_of_changes_leaves_no_trace() => Gen.Select(Gen.UShort.Array[0, 60], Gen.UShort.Array[0, 60]).Sample(
        (kept, removed) =>
        {
            var straight = new HashmapE<ulong, ulong>(Options);
            var detour = new HashmapE<ulong, ulong>(Options);
            foreach (ushort key in removed)
            {
                detour.Set(key, 1);
            }

            foreach (ushort key in kept)
            {
                straight.Set(key, (ulong)key & 0xFF);
            }

            foreach (ushort key in kept.Reverse())
            {
                detour.Set(key, (ulong)key & 0xFF);
            }

            foreach (ushort key in removed.Except(kept))
            {
                detour.Remove(key);
            }

            return Equals(straight.ToCell(), detour.ToCell())
                && HashmapE<ulong, ulong>.Parse(straight.ToCell(), Options).Entries.SequenceEqual(straight.Entries);
        });

    [Fact]
    public void Any_form_of_a_label_is_read()
    {
        // Sixteen zeros: short, long, and same.
        CellBuilder[] labels =
        [
            new CellBuilder().StoreBit(false).StoreUint(0xFFFFUL, 16).StoreBit(false).StoreUint(0UL, 16),
            new CellBuilder().StoreUint(0b10UL, 2).StoreUint(16UL, 5).StoreUint(0UL, 16),
            new CellBuilder().StoreUint(0b110UL, 3).StoreUint(16UL, 5),
        ];
        foreach (CellBuilder label in labels)
        {
            Assert.Equal([new(0UL, 9UL)], HashmapE<ulong, ulong>.Parse(label.StoreUint(9UL, 8).EndCell(), Options).Entries);
        }
    }

    [Fact]
    public void Malformed_nodes_are_refused()
    {
        Refused("dictionary-label", Cell.Empty);
        Refused("dictionary-label", new CellBuilder().StoreUint(0b110UL, 3).StoreUint(17UL, 5).EndCell());
        Refused("dictionary-label", new CellBuilder().StoreBit(false).StoreUint(0x1FFFFUL, 17).StoreBit(false).EndCell());
        Refused("dictionary-label", new CellBuilder().StoreUint(0b10UL, 2).StoreUint(16UL, 5).StoreUint(0UL, 15).EndCell());
        Refused("dictionary-node", new CellBuilder().StoreUint(0b00UL, 2).StoreRef(Cell.Empty).EndCell());
        Refused("dictionary-node", new CellBuilder().StoreUint(0b001UL, 3).StoreRef(Cell.Empty).StoreRef(Cell.Empty).EndCell());
        Refused("cell-underflow", new CellBuilder().StoreUint(0b110UL, 3).StoreUint(16UL, 5).StoreUint(9UL, 7).EndCell());
        Refused("cell-trailing", new CellBuilder().StoreUint(0b110UL, 3).StoreUint(16UL, 5).StoreUint(9UL, 9).EndCell());
        Refused("cell-exotic", new CellBuilder().StoreUint(2UL, 8).StoreBits256(default).EndCell(exotic: true));
    }

    [Fact]
    public void A_few_shared_cells_cannot_spell_out_more_entries_than_allowed()
    {
        // Every key of 16 bits, in 17 cells.
        Cell node = new CellBuilder().StoreUint(0b00UL, 2).StoreUint(1UL, 8).EndCell();
        for (int i = 0; i < 16; i++)
        {
            node = new CellBuilder().StoreUint(0b00UL, 2).StoreRef(node).StoreRef(node).EndCell();
        }

        Assert.Equal(65_536, HashmapE<ulong, ulong>.Parse(node, Options).Entries.Count);
        Assert.False(HashmapE<ulong, ulong>.TryParse(node, Options, out _, maxEntries: 65_535));
        Assert.True(HashmapE<ulong, ulong>.TryFind(node, Options, 40_000, out ulong found) && found == 1);
    }

    [Fact]
    public void A_random_tree_never_makes_the_reader_throw() => CellGen.Tree.Sample(
        cell => !HashmapE<ulong, ulong>.TryParse(cell, Options, out HashmapE<ulong, ulong>? read)
            || HashmapE<ulong, ulong>.Parse(read.ToCell(), Options).Entries.SequenceEqual(read.Entries),
        iter: 3_000);

    private static void Refused(string code, Cell root)
    {
        Assert.False(HashmapE<ulong, ulong>.TryParse(root, Options, out _));
        Assert.Equal(code, Assert.Throws<TonFormatException>(() => HashmapE<ulong, ulong>.Parse(root, Options)).Code);
    }
}
