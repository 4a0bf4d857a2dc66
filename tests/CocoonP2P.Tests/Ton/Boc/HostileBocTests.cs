using CocoonP2P.Ton;
using CsCheck;

namespace CocoonP2P.Tests.Ton.Boc;

public sealed class HostileBocTests
{
    // Header of a bag with one cell of no bits: magic, sizes, counts, the root's number; then the cell.
    private const string Good = "b5ee9c72" + "01" + "01" + "01" + "01" + "00" + "02" + "00" + "0000";

    [Theory]
    [InlineData("", "boc-magic")]
    [InlineData("b5ee9c73010101010002000000", "boc-magic")]
    [InlineData("b5ee9c72080101010002000000", "boc-header")]
    [InlineData("b5ee9c72000101010002000000", "boc-header")]
    [InlineData("b5ee9c72010901010002000000", "boc-header")]
    [InlineData("b5ee9c72210101010002000000", "boc-header")]
    [InlineData("b5ee9c72010101010102000000", "boc-header")]
    [InlineData("b5ee9c720101", "boc-length")]
    [InlineData("b5ee9c7204080001000100000001000000000000000000000002000000000000", "boc-limit")]
    [InlineData("b5ee9c72010100010002000000", "boc-limit")]
    [InlineData("b5ee9c72010101000002000000", "boc-limit")]
    [InlineData("b5ee9c7201010101000200000000", "boc-length")]
    [InlineData("b5ee9c72010101010003000000", "boc-length")]
    [InlineData("b5ee9c72010102010002000000", "boc-length")]
    [InlineData("b5ee9c7241010101000200000000000000", "boc-checksum")]
    [InlineData("b5ee9c7281010101000200030000", "boc-index")]
    [InlineData("b5ee9c72010101010002010000", "boc-roots")]
    [InlineData("b5ee9c72010102010004000000" + "0000", "boc-orphan")]
    [InlineData("b5ee9c7201010101000300010000", "boc-order")]
    [InlineData("b5ee9c7201010101000300010005", "boc-order")]
    [InlineData("b5ee9c720101010100070005000000000000", "boc-cell")]
    [InlineData("b5ee9c72010101010003000001" + "00", "boc-cell")]
    [InlineData("b5ee9c72010101010003000001" + "80", "boc-cell")]
    [InlineData("b5ee9c72010101010002002000", "boc-cell")]
    [InlineData("b5ee9c72010101010003000802" + "02", "cell-exotic")]
    [InlineData("b5ee9c7201010101000200000a", "boc-length")]
    public void A_malformed_bag_is_refused_with_its_code(string hex, string code)
    {
        byte[] bytes = Convert.FromHexString(hex);
        Assert.False(BagOfCells.TryDecode(bytes, out _, out string? found));
        Assert.Equal(code, found);
        Assert.Equal(code, Assert.Throws<TonFormatException>(() => BagOfCells.Decode(bytes)).Code);
    }

    [Fact]
    public void The_bag_that_those_were_made_from_is_good() =>
        Assert.Equal(Cell.Empty, BagOfCells.Decode(Convert.FromHexString(Good)));

    [Fact]
    public void A_tree_deeper_than_the_limit_is_refused()
    {
        // A chain of 1,026 cells, each referring to the next: two bytes of descriptors, two of the reference.
        const int count = Cell.MaxDepth + 2;
        var bytes = new List<byte> { 0xB5, 0xEE, 0x9C, 0x72, 2, 2 };
        void Two(int value) => bytes.AddRange([(byte)(value >> 8), (byte)(value & 0xFF)]);
        Two(count);
        Two(1);
        Two(0);
        Two((count * 4) - 2);
        Two(0);
        for (int i = 0; i < count - 1; i++)
        {
            bytes.AddRange([1, 0]);
            Two(i + 1);
        }

        bytes.AddRange([0, 0]);
        Assert.False(BagOfCells.TryDecode(bytes.ToArray(), out _, out string? code));
        Assert.Equal("cell-depth", code);
    }

    [Fact]
    public void Random_bytes_behind_a_good_header_never_throw() => Gen.Byte.Array[0, 400].Sample(
        tail =>
        {
            byte[] bytes = [.. Convert.FromHexString("b5ee9c72"), .. tail];
            BagOfCells.TryDecodeRoots(bytes, out _);
            BagOfCells.TryDecodeRoots(tail, out _);
        },
        iter: 20_000);

    [Fact]
    public void A_changed_byte_never_throws_and_what_still_reads_has_one_spelling() =>
        Gen.Select(CellGen.Tree, Gen.Int[0, 10_000], Gen.Byte).Sample(
            (root, place, value) =>
            {
                byte[] bytes = BagOfCells.Encode(root, withCrc: false);
                bytes[place % bytes.Length] = value;
                if (BagOfCells.TryDecode(bytes, out Cell? changed))
                {
                    Assert.Equal(changed, BagOfCells.Decode(BagOfCells.Encode(changed)));
                }
            },
            iter: 5_000);

    [Fact]
    public void Every_tree_reads_back_as_itself() => Gen.Select(CellGen.Tree, Gen.Bool, Gen.Bool).Sample(
        (root, crc, index) => BagOfCells.Decode(BagOfCells.Encode(root, crc, index)).Equals(root),
        iter: 2_000);
}
