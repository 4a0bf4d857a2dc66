using System.Numerics;
using CocoonP2P.Ton;
using CocoonP2P.Ton.Contracts;
using CsCheck;

namespace CocoonP2P.Tests.Ton.Cells;

public sealed class SliceTests
{
    [Fact]
    public void A_number_reads_back_at_any_place() => Gen.Select(Gen.Int[0, 900], Gen.Int[0, 64], Gen.ULong).Sample(
        (skew, bits, value) =>
        {
            ulong fitting = bits == 64 ? value : value & ((1UL << bits) - 1);
            CellSlice slice = new CellBuilder().StoreUint(UInt128.Zero, skew).StoreUint(fitting, bits).EndCell().BeginParse();
            return slice.TrySkip(skew) && slice.TryLoadUint(bits, out ulong read) && read == fitting && slice.IsEmpty;
        });

    [Fact]
    public void A_signed_number_reads_back() => Gen.Select(Gen.Int[1, 64], Gen.Long).Sample(
        (bits, value) =>
        {
            long fitting = value >> (64 - bits);
            CellSlice slice = new CellBuilder().StoreInt(fitting, bits).EndCell().BeginParse();
            return slice.TryLoadInt(bits, out long read) && read == fitting;
        });

    [Fact]
    public void An_amount_reads_back() => Gen.Select(Gen.ULong, Gen.ULong[0, (1UL << 56) - 1]).Sample((low, high) =>
    {
        var coins = new Coins(new UInt128(high, low));
        return new CellBuilder().StoreCoins(coins).EndCell().BeginParse().LoadCoins() == coins
            && Coins.Parse(coins.ToString()) == coins;
    });

    [Fact]
    public void A_failed_read_does_not_move()
    {
        CellSlice slice = new CellBuilder().StoreUint(5UL, 3).EndCell().BeginParse();
        Assert.False(slice.TryLoadUint(4, out _));
        Assert.False(slice.TryLoadBits256(out _));
        Assert.False(slice.TryLoadCoins(out _));
        Assert.False(slice.TryLoadAddress(out _));
        Assert.False(slice.TryLoadRef(out _));
        Assert.False(slice.TryLoadMaybeRef(out _));
        Assert.Equal(5UL, slice.LoadUint(3));
        Assert.Equal("cell-underflow", Assert.Throws<TonFormatException>(() => slice.LoadBit()).Code);
    }

    [Fact]
    public void An_amount_in_a_longer_form_is_refused()
    {
        CellSlice slice = new CellBuilder().StoreUint(0x2_00_05UL, 20).EndCell().BeginParse();
        Assert.False(slice.TryLoadCoins(out _));
    }

    [Fact]
    public void Numbers_out_of_range_and_cells_too_full_are_refused()
    {
        Assert.Equal("value-range", Code(() => new CellBuilder().StoreUint(2UL, 1)));
        Assert.Equal("value-range", Code(() => new CellBuilder().StoreInt(128, 8)));
        Assert.Equal("value-range", Code(() => new CellBuilder().StoreInt(-129, 8)));
        Assert.Equal("value-range", Code(() => new CellBuilder().StoreUint(BigInteger.MinusOne, 300)));
        Assert.Equal("cell-overflow", Code(() => new CellBuilder().StoreUint(UInt128.Zero, Cell.MaxBits + 1)));
        Assert.Equal("cell-overflow", Code(() =>
        {
            var builder = new CellBuilder();
            for (int i = 0; i < 5; i++)
            {
                builder.StoreRef(Cell.Empty);
            }
        }));
    }

    [Fact]
    public void A_random_cell_never_makes_a_reader_throw()
    {
        Func<Cell, bool>[] readers =
        [
            cell => InternalMessage.TryParse(cell, out _),
            cell => ExternalInMessage.TryParse(cell, out _),
            cell => Transaction.TryParse(cell, out _),
            cell => StateInit.TryParse(cell, out _),
            cell => TupleCodec.TryDecode(cell, out _),
            cell => ChannelData.TryParse(cell, out _),
            cell => SignedState.TryParse(cell, out _),
            cell => ChannelNotice.TryParse(cell, out _),
            cell => JobLocks.TryParse(cell, out _),
        ];
        CellGen.Tree.Sample(cell => readers.Count(read => read(cell)) < readers.Length, iter: 3_000);
    }

    private static string Code(Action act) => Assert.Throws<TonFormatException>(act).Code;
}
