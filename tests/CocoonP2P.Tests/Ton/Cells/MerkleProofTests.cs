using CocoonP2P.Ton;

namespace CocoonP2P.Tests.Ton.Cells;

public sealed class MerkleProofTests
{
    private static readonly HashmapOptions<ulong, ulong> Options = new(
        64, (b, k) => b.StoreUint(k, 64), s => s.LoadUint(64), (b, v) => b.StoreUint(v, 512), s => (ulong)s.LoadUintBig(512));

    [Fact]
    public void One_entry_of_a_dictionary_is_shown_and_the_others_are_not()
    {
        Cell root = Dictionary(64);
        var kept = new HashSet<Cell>();
        for (Cell? at = root; at is not null; at = at.Refs.IsEmpty ? null : at.Refs[0])
        {
            kept.Add(at);
        }

        Cell proof = MerkleProof.Create(root, kept.Contains);
        Cell read = BagOfCells.Decode(BagOfCells.Encode(proof));
        Assert.True(MerkleProof.TryOpen(read, root.Hash, out Cell? shown));
        Assert.NotEqual(root, shown);
        Assert.Equal(root.Hash, shown.HashAt(0));
        Assert.True(HashmapE<ulong, ulong>.TryFind(shown, Options, 0, out ulong value));
        Assert.Equal(1_000UL, value);
        Assert.False(HashmapE<ulong, ulong>.TryFind(shown, Options, 63, out _));
        Assert.False(HashmapE<ulong, ulong>.TryParse(shown, Options, out _));
        Assert.True(BagOfCells.Encode(proof).Length < BagOfCells.Encode(root).Length / 4);
    }

    [Fact]
    public void A_proof_of_another_tree_is_refused()
    {
        Cell proof = MerkleProof.Create(Dictionary(8), _ => true);
        Assert.False(MerkleProof.TryOpen(proof, Dictionary(9).Hash, out _));
        Assert.False(MerkleProof.TryOpen(Dictionary(8), Dictionary(8).Hash, out _));
    }

    [Fact]
    public void A_proof_that_names_another_child_cannot_be_made()
    {
        CellBuilder forged = new CellBuilder()
            .StoreUint(3UL, 8)
            .StoreBits256(Dictionary(9).Hash)
            .StoreUint((ulong)Dictionary(9).Depth, 16)
            .StoreRef(Dictionary(8));
        Assert.Equal("cell-exotic", Assert.Throws<TonFormatException>(() => forged.EndCell(exotic: true)).Code);
    }

    private static Cell Dictionary(ulong count)
    {
        var dictionary = new HashmapE<ulong, ulong>(Options);
        for (ulong i = 0; i < count; i++)
        {
            dictionary.Set(i, 1_000 + i);
        }

        return dictionary.ToCell()!;
    }
}
