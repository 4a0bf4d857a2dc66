using CocoonP2P.Libp2p;
using CsCheck;

namespace CocoonP2P.Tests.Libp2p.Multiformats;

public sealed class MultiaddressTests
{
    [Fact]
    public void Golden_addresses_read_and_write_in_both_forms()
    {
        foreach (var vector in Vectors.All["multiaddrs"]!.AsArray())
        {
            Multiaddress parsed = Multiaddress.Parse(vector!.Text("text"));
            Assert.Equal(vector!.Bytes("bytes"), parsed.ToBytes());
            Assert.True(Multiaddress.TryFromBytes(vector!.Bytes("bytes"), out Multiaddress? read));
            Assert.Equal(parsed, read);
            Assert.Equal(vector!.Text("text"), read.ToString());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("ip4/1.2.3.4")]
    [InlineData("/ip4/1.2.3")]
    [InlineData("/ip4/1.2.3.4/tcp")]
    [InlineData("/ip4/1.2.3.4/tcp/65536")]
    [InlineData("/ip4/1.2.3.4/tcp/-1")]
    [InlineData("/ip4/01.2.3.4/tcp/1")]
    [InlineData("/ip6/1.2.3.4/tcp/1")]
    [InlineData("/unknown/1")]
    [InlineData("/p2p/12D3KooW")]
    [InlineData("/dns/exämple/tcp/1")]
    public void What_is_no_address_does_not_parse(string text) => Assert.False(Multiaddress.TryParse(text, out _));

    [Theory]
    [InlineData("047f0000")]
    [InlineData("0601")]
    [InlineData("3600")]
    [InlineData("36ff7f61")]
    [InlineData("ff7f")]
    [InlineData("a503021200")]
    [InlineData("360161ff")]
    [InlineData("36036120ff")]
    public void Malformed_bytes_do_not_parse(string hex) => Assert.False(Multiaddress.TryFromBytes(Convert.FromHexString(hex), out _));

    [Fact]
    public void An_address_of_too_many_bytes_or_parts_does_not_parse()
    {
        Assert.False(Multiaddress.TryFromBytes(new byte[Multiaddress.MaxBytes + 1], out _));
        Assert.False(Multiaddress.TryParse(string.Concat(Enumerable.Repeat("/tcp/1", 17)), out _));
        Assert.True(Multiaddress.TryParse(string.Concat(Enumerable.Repeat("/tcp/1", 16)), out _));
    }

    [Fact]
    public void The_peer_at_the_end_can_be_taken_off_and_put_on()
    {
        PeerId peer = LocalNetwork.IdentityOf(1).PeerId;
        Multiaddress bare = Multiaddress.Parse("/ip4/1.2.3.4/tcp/1");

        Multiaddress full = bare.WithPeerId(peer);

        Assert.Equal(peer, full.PeerId);
        Assert.Equal(bare, full.WithoutPeerId);
        Assert.Null(bare.PeerId);
        Assert.Equal(full, full.WithPeerId(peer));
    }

    [Fact]
    public void Whatever_parses_survives_both_forms() => Gen.Byte.Array[0, 64].Sample(bytes =>
        !Multiaddress.TryFromBytes(bytes, out Multiaddress? address)
        || (Multiaddress.TryParse(address.ToString(), out Multiaddress? again) && again.ToString() == address.ToString()));
}
