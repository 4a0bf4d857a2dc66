using CocoonP2P.Ton;

namespace CocoonP2P.Tests.Ton.Cells;

public sealed class FixedPointTests
{
    [Fact]
    public void The_empty_cell_has_the_hash_everybody_knows() =>
        Assert.Equal("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7", Cell.Empty.Hash.ToString());

    [Fact]
    public void A_bag_read_back_is_the_same_tree()
    {
        Cell leaf = new CellBuilder().StoreUint(5, 3).EndCell();
        Cell root = new CellBuilder().StoreCoins(Coins.Parse("1.5")).StoreRef(leaf).StoreRef(leaf).EndCell();
        Assert.Equal(root, BagOfCells.Decode(BagOfCells.Encode(root)));
        Assert.Equal(root, BagOfCells.Decode(BagOfCells.Encode(root, withCrc: false, withIndex: true)));
    }

    [Fact]
    public void A_dictionary_read_back_has_its_entries()
    {
        var options = new HashmapOptions<ulong, ulong>(
            64, (b, k) => b.StoreUint(k, 64), s => s.LoadUint(64), (b, v) => b.StoreUint(v, 20), s => s.LoadUint(20));
        var dictionary = new HashmapE<ulong, ulong>(options);
        for (ulong i = 1; i < 50; i++)
        {
            dictionary.Set(i * i, i);
        }

        HashmapE<ulong, ulong> again = HashmapE<ulong, ulong>.Parse(dictionary.ToCell(), options);
        Assert.Equal(dictionary.Entries, again.Entries);
        Assert.True(HashmapE<ulong, ulong>.TryFind(dictionary.ToCell(), options, 49, out ulong found));
        Assert.Equal(7UL, found);
    }

    [Fact]
    public void An_address_survives_both_forms()
    {
        Address address = Address.Parse("0:34e353fe68e7874cf5a8124af5cba7540cd306169f4ad4039151e318174a76c9");
        Assert.Equal(address, Address.Parse(address.ToString(bounceable: false, testOnly: true)));
        Assert.Equal(address, new CellBuilder().StoreAddress(address).EndCell().BeginParse().LoadAddress());
    }
}
