using System.Security.Cryptography;
using System.Text.Json;
using CocoonP2P.Ton;

namespace CocoonP2P.Tests.Ton.Keys;

public sealed class MnemonicTests
{
    [Fact]
    public void Words_are_judged_and_give_the_key_as_the_oracle_says()
    {
        foreach (JsonElement vector in Vectors.Read("mnemonics"))
        {
            bool valid = Mnemonic.TryParse(vector.Text("words"), out Mnemonic? mnemonic, vector.MaybeText("password") ?? "");
            Assert.Equal(vector.GetProperty("valid").GetBoolean(), valid);
            using KeyPair? key = mnemonic?.ToKeyPair();
            Assert.Equal(vector.MaybeText("key"), key?.PublicKey.ToString());
        }
    }

    [Fact]
    public void A_new_mnemonic_is_valid_and_does_not_print_itself()
    {
        using var random = RandomNumberGenerator.Create();
        Mnemonic mnemonic = Mnemonic.Create(random);
        Assert.True(Mnemonic.TryParse(" " + mnemonic.Reveal().ToUpperInvariant() + "\n", out _));
        Assert.Equal("secret, 24 words", mnemonic.ToString());
    }
}
