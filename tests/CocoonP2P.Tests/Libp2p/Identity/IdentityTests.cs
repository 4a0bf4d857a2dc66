using CocoonP2P.Libp2p;
using CsCheck;

namespace CocoonP2P.Tests.Libp2p.Keys;

public sealed class IdentityTests
{
    [Fact]
    public void Golden_identities_have_their_ids_in_every_form()
    {
        foreach (var vector in Vectors.All["identities"]!.AsArray())
        {
            using CocoonP2P.Libp2p.Identity identity = CocoonP2P.Libp2p.Identity.FromSeed(vector!.Bytes("seed"));
            using CocoonP2P.Libp2p.Identity stored = CocoonP2P.Libp2p.Identity.FromPrivateKeyProto(vector!.Bytes("privateKeyProto"));

            Assert.Equal(vector!.Bytes("publicKeyProto"), identity.PublicKey.Proto);
            Assert.Equal(vector!.Bytes("peerIdBytes"), identity.PeerId.ToBytes());
            Assert.Equal(vector!.Text("peerId"), identity.PeerId.ToString());
            Assert.Equal(identity.PeerId, PeerId.Parse(vector!.Text("peerId")));
            Assert.Equal(identity.PeerId, PeerId.Parse(vector!.Text("cid")));
            Assert.Equal(identity.PeerId, stored.PeerId);
        }
    }

    [Fact]
    public void Keys_of_the_specification_have_their_ids()
    {
        foreach (var vector in Vectors.All["specificationKeys"]!.AsArray())
        {
            Assert.Equal(vector!.Text("peerId"), PeerId.FromPublicKeyProto(vector!.Bytes("publicKeyProto")).ToString());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDE")]
    [InlineData("0OIl")]
    [InlineData("bafzaajaiaejcatfvvp3k26p36wv3zsx4yju5qxgsmupnjoefwwdj6ja25xyklor")]
    public void What_is_no_peer_id_does_not_parse(string text) => Assert.False(PeerId.TryParse(text, out _));

    [Theory]
    [InlineData("080012204cb5abf6ad79fbf5abbccafcc269d85cd2651ed4b885b5869f241aedf0a5ba29")]
    [InlineData("0801122100b5abf6ad79fbf5abbccafcc269d85cd2651ed4b885b5869f241aedf0a5ba2901")]
    [InlineData("122008014cb5abf6ad79fbf5abbccafcc269d85cd2651ed4b885b5869f241aedf0a5ba29")]
    [InlineData("08011220")]
    public void Keys_of_other_kinds_and_other_encodings_are_refused(string hex) =>
        Assert.False(PublicKey.TryParse(Convert.FromHexString(hex), out _));

    [Fact]
    public void A_private_key_whose_public_half_is_anothers_is_refused()
    {
        byte[] proto = Vectors.All["identities"]![0]!.Bytes("privateKeyProto");
        proto[^1] ^= 1;
        Assert.Throws<FormatException>(() => CocoonP2P.Libp2p.Identity.FromPrivateKeyProto(proto));
    }

    [Fact]
    public void An_identity_prints_its_id_and_not_its_key()
    {
        using CocoonP2P.Libp2p.Identity identity = LocalNetwork.IdentityOf(1);
        Assert.Equal(identity.PeerId.ToString(), identity.ToString());
    }

    [Fact]
    public void The_golden_peer_record_opens_and_is_made_again()
    {
        var vector = Vectors.All["signedPeerRecord"]!;
        using CocoonP2P.Libp2p.Identity identity = CocoonP2P.Libp2p.Identity.FromSeed(vector.Bytes("seed"));
        Multiaddress address = Multiaddress.Parse("/ip4/127.0.0.1/tcp/4001");

        Assert.True(PeerRecord.TryOpen(vector.Bytes("envelope"), out PeerRecord? record));
        Assert.Equal(1UL, record.Sequence);
        Assert.Equal(identity.PeerId, record.Peer);
        Assert.Equal(address, Assert.Single(record.Addresses));
        Assert.Equal(vector.Bytes("envelope"), new PeerRecord(identity.PeerId, 1, [address]).Seal(identity));
    }

    [Fact]
    public void A_peer_record_changed_in_any_bit_does_not_open()
    {
        byte[] envelope = Vectors.All["signedPeerRecord"]!.Bytes("envelope");
        Gen.Int[0, (envelope.Length * 8) - 1].Sample(bit =>
        {
            byte[] changed = [.. envelope];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            return !PeerRecord.TryOpen(changed, out _);
        });
    }

    [Fact]
    public void A_record_signed_by_another_than_it_speaks_of_does_not_open()
    {
        using CocoonP2P.Libp2p.Identity signer = LocalNetwork.IdentityOf(1);
        Assert.False(PeerRecord.TryOpen(new PeerRecord(LocalNetwork.IdentityOf(2).PeerId, 1, []).Seal(signer), out _));
    }
}
