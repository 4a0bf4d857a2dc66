using System.Globalization;
using System.Numerics;
using System.Text.Json;
using CocoonP2P.Ton;

namespace CocoonP2P.Tests.Ton.Stack;

public sealed class StackVectorTests
{
    [Fact]
    public void Stacks_are_read_and_written_as_the_oracle_does()
    {
        foreach (JsonElement vector in Vectors.Read("stacks"))
        {
            TupleItem[] items = [.. vector.GetProperty("items").EnumerateArray().Select(Item)];
            Cell cell = BagOfCells.DecodeBase64(vector.Text("cell"));
            Assert.Equal(cell, TupleCodec.Encode(items));
            Assert.True(TupleCodec.TryDecode(cell, out IReadOnlyList<TupleItem>? decoded));
            Assert.Equal(items, decoded);
        }
    }

    [Fact]
    public void Tuples_nest_up_to_the_limit_and_no_deeper()
    {
        TupleItem item = new TupleItem.Null();
        for (int i = 0; i < TupleCodec.MaxNesting; i++)
        {
            item = new TupleItem.Tuple([item]);
        }

        Assert.True(TupleCodec.TryDecode(TupleCodec.Encode([item]), out _));
        Assert.Throws<TonFormatException>(() => TupleCodec.Encode([new TupleItem.Tuple([item])]));
    }

    private static TupleItem Item(JsonElement item) => item.Text("type") switch
    {
        "null" => new TupleItem.Null(),
        "nan" => new TupleItem.NaN(),
        "int" => new TupleItem.Int(BigInteger.Parse(item.Text("value"), CultureInfo.InvariantCulture)),
        "cell" => new TupleItem.CellValue(BagOfCells.DecodeBase64(item.Text("cell"))),
        "slice" => new TupleItem.Slice(BagOfCells.DecodeBase64(item.Text("cell"))),
        "builder" => new TupleItem.Builder(BagOfCells.DecodeBase64(item.Text("cell"))),
        _ => new TupleItem.Tuple([.. item.GetProperty("items").EnumerateArray().Select(Item)]),
    };
}
