using CocoonP2P.Libp2p;
using CsCheck;

namespace CocoonP2P.Tests.Libp2p.Wire;

/// <summary>Every parser of messages takes any bytes at all: it returns, it does not throw.</summary>
public sealed class HostileBytesTests
{
    private static readonly PeerId Sender = LocalNetwork.IdentityOf(1).PeerId;

    /// <summary>Random bytes end at the first tag; these look like protobuf for longer.</summary>
    private static readonly Gen<byte[]> AlmostProto =
        Gen.Select(Gen.Byte[1, 6], Gen.Bool, Gen.Byte.Array[0, 40], Gen.Byte[0, 3])
            .Select((field, number, content, lie) => (byte[])(number
                ? [(byte)(field << 3), .. content.Take(1).Select(b => (byte)(b & 0x7f))]
                : [(byte)((field << 3) | 2), (byte)Math.Max(0, content.Length - lie), .. content]))
            .Array[0, 8].Select(fields => fields.SelectMany(f => f).ToArray());

    private static readonly Gen<byte[]> Hostile = Gen.OneOf(Gen.Byte.Array[0, 200], AlmostProto);

    [Fact]
    public void Messages_of_every_kind_are_read_or_refused() => Hostile.Sample(
        bytes =>
        {
            IdentifyMessage.TryRead(bytes, Sender, out _);
            PeerRecord.TryOpen(bytes, out _);
            SignedEnvelope.TryOpen(bytes, "d"u8, "t"u8, out _);
            PeerId.TryFromBytes(bytes, out _);
            NoisePayload.TryRead(bytes, new byte[32], out _);
            GossipRpcReader.TryRead(bytes, 1024, out _);
            if (GossipMessage.TryRead(bytes, 1024, out GossipMessage? message))
            {
                message.Verify();
            }

            return PublicKey.TryParse(bytes, out PublicKey? key) == (key is not null);
        },
        iter: 20_000);

    [Theory]
    [InlineData("0b")]
    [InlineData("0c")]
    [InlineData("00")]
    [InlineData("0aff")]
    [InlineData("0affffffffffffffff7f")]
    [InlineData("088000")]
    [InlineData("0d000000")]
    [InlineData("09")]
    public void Groups_overlong_numbers_and_lengths_beyond_the_end_are_faults(string hex)
    {
        var reader = new ProtoReader(Convert.FromHexString(hex));
        Assert.False(reader.Next());
        Assert.True(reader.Failed);
    }

    [Fact]
    public void What_the_writer_writes_the_reader_reads() => Gen.Select(Gen.Int[1, 1000], Gen.ULong[0, long.MaxValue], Gen.Byte.Array[0, 300])
        .Sample((field, number, bytes) =>
        {
            var reader = new ProtoReader(new ProtoWriter().Number(field, number).Bytes(field + 1, bytes).ToArray());
            Assert.True(reader.Next());
            Assert.True(reader is { IsNumber: true } && reader.Field == field && reader.Number == number);
            Assert.True(reader.Next());
            Assert.True(reader is { IsBytes: true } && reader.Field == field + 1 && reader.Bytes.SequenceEqual(bytes));
            Assert.False(reader.Next());
            Assert.False(reader.Failed);
        });

    [Fact]
    public void An_identify_message_of_another_peer_is_refused()
    {
        byte[] message = new IdentifyMessage { PublicKey = LocalNetwork.IdentityOf(2).PublicKey.Proto }.Write();
        Assert.False(IdentifyMessage.TryRead(message, Sender, out _));
    }

    [Fact]
    public void An_identify_message_with_too_many_protocols_is_refused()
    {
        byte[] key = LocalNetwork.IdentityOf(1).PublicKey.Proto;
        string[] protocols = [.. Enumerable.Range(0, 129).Select(i => $"/p/{i}")];
        Assert.False(IdentifyMessage.TryRead(new IdentifyMessage { PublicKey = key, Protocols = protocols }.Write(), Sender, out _));
        Assert.True(IdentifyMessage.TryRead(new IdentifyMessage { PublicKey = key, Protocols = protocols[..128] }.Write(), Sender, out _));
    }
}
