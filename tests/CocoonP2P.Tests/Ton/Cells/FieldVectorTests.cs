using System.Globalization;
using System.Numerics;
using System.Text.Json;
using CocoonP2P.Ton;

namespace CocoonP2P.Tests.Ton.Cells;

public sealed class FieldVectorTests
{
    [Fact]
    public void Fields_are_read_and_written_as_the_oracle_does()
    {
        foreach (JsonElement vector in Vectors.Read("fields"))
        {
            int skew = vector.GetProperty("skew").GetInt32();
            int bits = vector.GetProperty("bits").GetInt32();
            BigInteger unsigned = BigInteger.Parse(vector.Text("uint"), CultureInfo.InvariantCulture);
            BigInteger signed = BigInteger.Parse(vector.Text("int"), CultureInfo.InvariantCulture);
            var coins = new Coins(UInt128.Parse(vector.Text("coins"), CultureInfo.InvariantCulture));
            Address? address = vector.MaybeText("address") is { } text ? Address.Parse(text) : null;
            Cell cell = BagOfCells.DecodeBase64(vector.Text("cell"));

            CellSlice slice = cell.BeginParse().Skip(skew);
            Assert.Equal(unsigned, slice.LoadUintBig(bits));
            Assert.Equal(signed, slice.LoadIntBig(bits));
            Assert.Equal(coins, slice.LoadCoins());
            Assert.Equal(address, slice.LoadMaybeAddress());
            slice.EndParse();

            Assert.Equal(cell, new CellBuilder()
                .StoreUint(0UL, skew)
                .StoreUint(unsigned, bits)
                .StoreInt(signed, bits)
                .StoreCoins(coins)
                .StoreAddress(address)
                .EndCell());
        }
    }
}
