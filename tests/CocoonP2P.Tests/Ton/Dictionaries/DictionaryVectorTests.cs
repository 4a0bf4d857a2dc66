using System.Globalization;
using System.Numerics;
using System.Text.Json;
using CocoonP2P.Ton;

namespace CocoonP2P.Tests.Ton.Dictionaries;

public sealed class DictionaryVectorTests
{
    [Fact]
    public void Dictionaries_have_the_oracles_root_and_entries()
    {
        foreach (JsonElement vector in Vectors.Read("dictionaries"))
        {
            HashmapOptions<BigInteger, ulong> options = Options(vector.GetProperty("width").GetInt32());
            var entries = vector.GetProperty("entries").EnumerateObject().ToDictionary(
                e => BigInteger.Parse(e.Name, CultureInfo.InvariantCulture), e => e.Value.GetUInt64());
            Cell root = BagOfCells.DecodeBase64(vector.Text("root"));

            Assert.Equal(entries, HashmapE<BigInteger, ulong>.Parse(root, options).Entries.ToDictionary());
            var dictionary = new HashmapE<BigInteger, ulong>(options);
            foreach ((BigInteger key, ulong value) in entries.Reverse())
            {
                dictionary.Set(key, value);
                Assert.True(HashmapE<BigInteger, ulong>.TryFind(root, options, key, out ulong found) && found == value);
            }

            Assert.Equal(root, dictionary.ToCell());
        }
    }

    private static HashmapOptions<BigInteger, ulong> Options(int width) => new(
        width,
        (target, key) => target.StoreUint(key, width),
        source => source.LoadUintBig(width),
        (target, value) => target.StoreUint(value, 32),
        source => source.LoadUint(32));
}
