using CocoonP2P.Libp2p;
using CsCheck;
using NSec.Cryptography;

namespace CocoonP2P.Tests.Libp2p.Connections;

public sealed class NoiseTests
{
    private static readonly string[] Muxers = ["/yamux/1.0.0"];

    [Fact]
    public void Fixed_keys_give_the_golden_handshake()
    {
        var vector = Vectors.Read("noise.json");
        using NoiseHandshake initiator = Fixed(1, true, vector.Bytes("initiatorEphemeral"), vector.Bytes("initiatorStatic"));
        using NoiseHandshake responder = Fixed(2, false, vector.Bytes("responderEphemeral"), vector.Bytes("responderStatic"));
        byte[][] messages = Run(initiator, responder);
        (NoiseCipher send, _, byte[] hash) = initiator.Finish();
        byte[] sealedText = new byte[5 + NoiseCipher.TagBytes];
        send.Seal("hello"u8, sealedText, default);

        Assert.Equal(vector["messages"]!.AsArray().Select(m => m!.GetValue<string>()), messages.Select(Convert.ToHexStringLower));
        Assert.Equal(vector.Text("handshakeHash"), Convert.ToHexStringLower(hash));
        Assert.Equal(vector.Text("sealedHello"), Convert.ToHexStringLower(sealedText));
    }

    [Fact]
    public void The_golden_payload_reads_and_is_made_again()
    {
        var vector = Vectors.All["noisePayload"]!;
        using CocoonP2P.Libp2p.Identity identity = CocoonP2P.Libp2p.Identity.FromSeed(vector.Bytes("seed"));
        Assert.Equal(vector.Bytes("payload"), NoisePayload.Write(identity, vector.Bytes("staticKey"), Muxers));
        Assert.True(NoisePayload.TryRead(vector.Bytes("payload"), vector.Bytes("staticKey"), out NoisePayload? payload));
        Assert.Equal(identity.PeerId, payload.Key.PeerId);
        Assert.Equal(Muxers, payload.Muxers);
        Assert.False(NoisePayload.TryRead(vector.Bytes("payload"), new byte[32], out _));
    }

    [Fact]
    public void Both_sides_prove_who_they_are_and_share_keys_and_hash()
    {
        using NoiseHandshake initiator = Fresh(1, true);
        using NoiseHandshake responder = Fresh(2, false);
        Run(initiator, responder);
        (NoiseCipher send, _, byte[] hash) = initiator.Finish();
        (_, NoiseCipher receive, byte[] same) = responder.Finish();

        Assert.Equal(LocalNetwork.IdentityOf(2).PeerId, initiator.Remote!.Key.PeerId);
        Assert.Equal(LocalNetwork.IdentityOf(1).PeerId, responder.Remote!.Key.PeerId);
        Assert.Equal(hash, same);
        foreach (int length in new[] { 0, 1, 2047, 2048, NoiseChannel.MaxPlain })
        {
            byte[] sealedText = new byte[length + NoiseCipher.TagBytes];
            send.Seal(new byte[length], sealedText, default);
            Assert.True(receive.TryOpen(sealedText, new byte[length], default));
        }
    }

    [Fact]
    public void A_handshake_message_changed_in_any_byte_is_refused_before_the_end() => Gen.Select(Gen.Int[0, 2], Gen.Int[0, 500], Gen.Byte[1, 255])
        .Sample(
            (which, at, flip) =>
            {
                using NoiseHandshake initiator = Fresh(1, true);
                using NoiseHandshake responder = Fresh(2, false);
                return ThrowsOrDiffers(initiator, responder, (i, m) =>
                {
                    if (i == which)
                    {
                        m[at % m.Length] ^= flip;
                    }

                    return m;
                });
            },
            iter: 100);

    [Fact]
    public void A_handshake_message_cut_short_is_refused() => Gen.Select(Gen.Int[0, 2], Gen.Int[0, 500]).Sample(
        (which, length) =>
        {
            using NoiseHandshake initiator = Fresh(1, true);
            using NoiseHandshake responder = Fresh(2, false);
            return ThrowsOrDiffers(initiator, responder, (i, m) => i == which ? m[..(length % m.Length)] : m);
        },
        iter: 50);

    [Fact]
    public void A_key_of_low_order_is_refused()
    {
        using NoiseHandshake responder = Fresh(2, false);
        responder.Read(new byte[32]);
        Assert.Equal("noise-handshake", Assert.Throws<Libp2pException>(responder.Write).Code);
    }

    [Fact]
    public void A_sealed_frame_changed_in_any_bit_does_not_open()
    {
        byte[] key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        foreach (int length in new[] { 10, 3000 })
        {
            byte[] sealedText = new byte[length + NoiseCipher.TagBytes];
            using var sender = new NoiseCipher(key);
            sender.Seal(new byte[length], sealedText, default);
            for (int bit = 0; bit < sealedText.Length * 8; bit += 97)
            {
                using var receiver = new NoiseCipher(key);
                sealedText[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.False(receiver.TryOpen(sealedText, new byte[length], default));
                sealedText[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }
    }

    private static NoiseHandshake Fresh(byte identity, bool initiator) => new(LocalNetwork.IdentityOf(identity), initiator, Muxers);

    private static NoiseHandshake Fixed(byte identity, bool initiator, byte[] ephemeral, byte[] fixedStatic) => new(
        LocalNetwork.IdentityOf(identity),
        initiator,
        Key.Import(KeyAgreementAlgorithm.X25519, ephemeral, KeyBlobFormat.RawPrivateKey),
        Key.Import(KeyAgreementAlgorithm.X25519, fixedStatic, KeyBlobFormat.RawPrivateKey),
        Muxers);

    private static byte[][] Run(NoiseHandshake initiator, NoiseHandshake responder, Func<int, byte[], byte[]>? change = null)
    {
        byte[][] messages = new byte[3][];
        for (int i = 0; i < 3; i++)
        {
            (NoiseHandshake from, NoiseHandshake to) = i % 2 == 0 ? (initiator, responder) : (responder, initiator);
            messages[i] = from.Write();
            to.Read(change?.Invoke(i, messages[i]) ?? messages[i]);
        }

        return messages;
    }

    /// <summary>A changed first message is noticed with the second, which is why a handshake is done only when all are.</summary>
    private static bool ThrowsOrDiffers(NoiseHandshake initiator, NoiseHandshake responder, Func<int, byte[], byte[]> change)
    {
        try
        {
            Run(initiator, responder, change);
            return false;
        }
        catch (Libp2pException)
        {
            return true;
        }
    }
}
