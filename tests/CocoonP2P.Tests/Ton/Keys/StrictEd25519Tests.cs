using System.Text.Json;
using CocoonP2P.Ton;
using CsCheck;

namespace CocoonP2P.Tests.Ton.Keys;

public sealed class StrictEd25519Tests
{
    [Fact]
    public void Honest_signatures_are_good_and_a_changed_bit_spoils_them() =>
        Gen.Select(Gen.Byte.Array[32], Gen.Byte.Array[0, 80], Gen.Int[0, 511]).Sample(
            (seed, message, bit) =>
            {
                using KeyPair key = KeyPair.FromSeed(seed);
                byte[] signature = key.Sign(message);
                bool good = StrictEd25519.Verify(key.PublicKey, message, signature);
                signature[bit >> 3] ^= (byte)(1 << (bit & 7));
                return good && !StrictEd25519.Verify(key.PublicKey, message, signature);
            },
            iter: 200);

    [Fact]
    public void What_is_accepted_here_is_accepted_by_the_TVM()
    {
        foreach (JsonElement vector in Vectors.Read("signatures"))
        {
            bool accepted = Verify(vector);
            Assert.False(accepted && !vector.GetProperty("tvm").GetBoolean(), vector.Text("what"));
            Assert.True(accepted || vector.Text("what") != "honest");
        }
    }

    [Fact]
    public void Small_orders_and_second_spellings_are_refused_even_where_the_TVM_takes_them()
    {
        string[] refused = ["key of small order", "key spelled otherwise", "commitment spelled otherwise", "number not reduced"];
        JsonElement[] edges = [.. Vectors.Read("signatures").Where(v => refused.Contains(v.Text("what")))];
        Assert.Contains(edges, v => v.GetProperty("tvm").GetBoolean());
        Assert.All(edges, v => Assert.False(Verify(v), v.Text("what")));
    }

    private static bool Verify(JsonElement vector) => StrictEd25519.Verify(
        Bits256.Parse(vector.Text("key")),
        Convert.FromHexString(vector.Text("hash")),
        Convert.FromHexString(vector.Text("signature")));
}
