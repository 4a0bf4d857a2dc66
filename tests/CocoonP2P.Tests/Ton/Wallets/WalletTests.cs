using System.Text.Json;
using CocoonP2P.Ton;

namespace CocoonP2P.Tests.Ton.Wallets;

public sealed class WalletTests
{
    private static readonly Bits256 Ones = new(Enumerable.Repeat((byte)1, 32).ToArray());

    [Fact]
    public void Code_hashes_and_addresses_are_the_known_ones()
    {
        Assert.Equal("20834b7b72b112147e1b2fb457b84e74d1a30f04f737d4f62a668e9552d2b72f", WalletV5R1.Code.Hash.ToString());
        Assert.Equal("feb5ff6820e2ff0d9483e7e0d62c817d846789fb4ae580c878866d959dabd5c0", WalletV4R2.Code.Hash.ToString());
        Assert.Equal("0:34e353fe68e7874cf5a8124af5cba7540cd306169f4ad4039151e318174a76c9", new WalletV5R1(Ones, -239).Address.ToRawString());
        Assert.Equal("0:debd442a01d7562dfa3f37c44d9d420e39aa2ef4f9f7a402ed1e3b9c0e389287", new WalletV5R1(Ones, -3).Address.ToRawString());
        Assert.Equal("0:f2ff337431e97b308b4671342bd24c442716bb760ffe386bfbfd74e84cc4ca4f", new WalletV4R2(Ones).Address.ToRawString());
    }

    [Fact]
    public void Signed_orders_are_the_oracles()
    {
        foreach (JsonElement vector in Vectors.Read("wallets"))
        {
            using KeyPair key = KeyPair.FromSeed(Convert.FromHexString(vector.Text("seed")));
            Address to = Address.Parse(vector.Text("to"));
            (InternalMessage, SendMode)[] messages =
            [
                .. Enumerable.Range(0, vector.GetProperty("count").GetInt32()).Select(n => (
                    new InternalMessage
                    {
                        Destination = to,
                        Value = (ulong)n + 1,
                        Body = new CellBuilder().StoreUint((ulong)n, 32).EndCell(),
                    },
                    SendMode.PayFeesSeparately)),
            ];
            var v5 = new WalletV5R1(key.PublicKey, -777);
            Assert.Equal(vector.Text("v5"), v5.CreateTransfer(key, 7, 1_800_000_000, messages).Body.Hash.ToString());
            if (vector.MaybeText("v4") is { } expected)
            {
                var v4 = new WalletV4R2(key.PublicKey);
                Assert.Equal(expected, v4.CreateTransfer(key, 7, 1_800_000_000, messages).Body.Hash.ToString());
            }
        }
    }

    [Fact]
    public void The_first_order_deploys_and_an_order_too_large_is_refused()
    {
        using KeyPair key = KeyPair.FromSeed(new byte[32]);
        var wallet = new WalletV5R1(key.PublicKey, -777);
        (InternalMessage, SendMode) message = (new InternalMessage { Destination = wallet.Address, Value = 1 }, SendMode.Ordinary);
        Assert.Equal(wallet.Init, wallet.CreateTransfer(key, 0, 1, [message]).Init);
        Assert.Null(wallet.CreateTransfer(key, 1, 1, [message]).Init);
        Assert.Throws<ArgumentException>(() => wallet.CreateTransfer(key, 1, 1, []));
        Assert.Throws<ArgumentException>(() => wallet.CreateTransfer(key, 1, 1, [.. Enumerable.Repeat(message, 256)]));
    }
}
