using System.Text.Json;
using CocoonP2P.Ton;

namespace CocoonP2P.Tests.Ton.Addresses;

public sealed class AddressTests
{
    [Fact]
    public void All_five_forms_of_the_oracle_are_read_and_written()
    {
        foreach (JsonElement vector in Vectors.Read("addresses"))
        {
            Address address = Address.Parse(vector.Text("raw"));
            Assert.Equal(vector.Text("raw"), address.ToRawString());
            Check(address, vector.Text("bounceable"), bounceable: true, testOnly: false);
            Check(address, vector.Text("wallet"), bounceable: false, testOnly: false);
            Check(address, vector.Text("testBounceable"), bounceable: true, testOnly: true);
            Check(address, vector.Text("testWallet"), bounceable: false, testOnly: true);
            Assert.Equal(address, Address.Parse(vector.Text("standardAlphabet")));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("0:")]
    [InlineData(":34e353fe68e7874cf5a8124af5cba7540cd306169f4ad4039151e318174a76c9")]
    [InlineData("0:34e353fe68e7874cf5a8124af5cba7540cd306169f4ad4039151e318174a76c")]
    [InlineData("0:g4e353fe68e7874cf5a8124af5cba7540cd306169f4ad4039151e318174a76c9")]
    [InlineData("128:34e353fe68e7874cf5a8124af5cba7540cd306169f4ad4039151e318174a76c9")]
    [InlineData("EQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA!")]
    public void What_is_no_address_is_refused(string text)
    {
        Assert.False(Address.TryParse(text, out _));
        Assert.Equal("address", Assert.Throws<TonFormatException>(() => Address.Parse(text)).Code);
    }

    [Fact]
    public void One_wrong_character_fails_the_checksum()
    {
        string good = new Address(0, Cell.Empty.Hash).ToString();
        string bad = good[..10] + (good[10] == 'A' ? 'B' : 'A') + good[11..];
        Assert.Equal("address-checksum", Assert.Throws<TonFormatException>(() => Address.Parse(bad)).Code);
    }

    private static void Check(Address address, string text, bool bounceable, bool testOnly)
    {
        Assert.Equal(text, address.ToString(bounceable, testOnly));
        Assert.True(Address.TryParse(text, out Address parsed, out AddressFlags flags));
        Assert.Equal(address, parsed);
        Assert.Equal(bounceable, flags.HasFlag(AddressFlags.Bounceable));
        Assert.Equal(testOnly, flags.HasFlag(AddressFlags.TestOnly));
    }
}
