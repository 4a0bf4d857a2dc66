using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using CocoonP2P.Ton;
using CsCheck;

namespace CocoonP2P.Tests.Ton.Keys;

public sealed class StrictEd25519Tests
{
    private static readonly BigInteger Order = (BigInteger.One << 252)
        + BigInteger.Parse("27742317777372353535851937790883648493", CultureInfo.InvariantCulture);

    private static readonly BigInteger Prime = (BigInteger.One << 255) - 19;

    [Fact]
    public void Honest_signatures_are_good_and_a_changed_bit_spoils_them() =>
        Gen.Select(Gen.Byte.Array[32], Gen.Byte.Array[0, 80], Gen.Int[0, 511]).Sample(
            (seed, message, bit) =>
            {
                using KeyPair key = KeyPair.FromSeed(seed);
                byte[] signature = key.Sign(message);
                bool good = StrictEd25519.Verify(key.PublicKey, message, signature);
                signature[bit >> 3] ^= (byte)(1 << (bit & 7));
                return good && !StrictEd25519.Verify(key.PublicKey, message, signature)
                    && !StrictEd25519.HoldsExactly(key.PublicKey.ToArray(), message, signature);
            },
            iter: 60);

    [Fact]
    public void The_vectors_of_RFC_8032_are_good()
    {
        Assert.True(StrictEd25519.Verify(
            Bits256.Parse("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"),
            [],
            Convert.FromHexString("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")));
        Assert.True(StrictEd25519.Verify(
            Bits256.Parse("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"),
            [0xaf, 0x82],
            Convert.FromHexString("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")));
    }

    [Fact]
    public void The_second_spelling_of_a_number_is_refused()
    {
        using KeyPair key = KeyPair.FromSeed(new byte[32]);
        byte[] signature = key.Sign([1]);
        BigInteger other = new BigInteger(signature.AsSpan(32), isUnsigned: true) + Order;
        Write(other, signature.AsSpan(32));
        Assert.False(StrictEd25519.HoldsExactly(key.PublicKey.ToArray(), [1], signature));
        Assert.False(StrictEd25519.Verify(key.PublicKey, [1], signature));
    }

    [Fact]
    public void A_key_of_small_order_signs_nothing()
    {
        // The neutral point, with S = 0 and R neutral too, satisfies the bare equation for every message.
        byte[] neutral = [1, .. new byte[31]];
        byte[] signature = [.. neutral, .. new byte[32]];
        Assert.False(StrictEd25519.HoldsExactly(neutral, [1, 2, 3], signature));
        Assert.False(StrictEd25519.Verify(new Bits256(neutral), [1, 2, 3], signature));
    }

    [Fact]
    public void A_second_spelling_of_a_point_is_refused()
    {
        byte[] spelled = new byte[32];
        Write(Prime + 1, spelled);
        Assert.False(EdwardsPoint.TryDecode(spelled, out _));
        byte[] minusZero = [1, .. new byte[30], 0x80];
        Assert.False(EdwardsPoint.TryDecode(minusZero, out _));
    }

    [Fact]
    public void A_signature_that_holds_only_up_to_a_point_of_small_order_is_refused()
    {
        // The key is an honest one plus a point of order eight: the TVM compares bytes and refuses seven of eight such
        // signatures, while a check multiplied by eight takes them all.
        BigInteger secret = 123_456_789;
        byte[] key = Encode(Times(secret, EdwardsPoint.Base) + Torsion());
        int exact = 0;
        int refused = 0;
        for (byte message = 0; message < 16; message++)
        {
            byte[] commitment = Encode(Times(1_000 + message, EdwardsPoint.Base));
            byte[] challenge = new byte[32];
            StrictEd25519.Challenge(commitment, key, [message], challenge);
            byte[] signature = [.. commitment, .. new byte[32]];
            BigInteger k = new(challenge, isUnsigned: true);
            Write((1_000 + message + (k * secret)) % Order, signature.AsSpan(32));
            Assert.Equal(k % 8 == 0, StrictEd25519.HoldsExactly(key, [message], signature));
            exact += k % 8 == 0 ? 1 : 0;
            refused += StrictEd25519.Verify(new Bits256(key), [message], signature) ? 0 : 1;
        }

        Assert.True(refused >= 16 - exact);
    }

    private static EdwardsPoint Torsion()
    {
        for (byte seed = 0; ; seed++)
        {
            byte[] bytes = SHA256.HashData([seed]);
            if (EdwardsPoint.TryDecode(bytes, out EdwardsPoint point))
            {
                EdwardsPoint torsion = Times(Order, point);
                if (!Encode(torsion.Double().Double()).AsSpan().SequenceEqual(Encode(EdwardsPoint.Identity)))
                {
                    return torsion;
                }
            }
        }
    }

    private static EdwardsPoint Times(BigInteger factor, EdwardsPoint point)
    {
        byte[] bytes = new byte[32];
        Write(factor, bytes);
        return EdwardsPoint.Combine(bytes, point, new byte[32], EdwardsPoint.Identity);
    }

    private static byte[] Encode(EdwardsPoint point)
    {
        byte[] bytes = new byte[32];
        point.Encode(bytes);
        return bytes;
    }

    private static void Write(BigInteger value, Span<byte> target)
    {
        target.Clear();
        Assert.True(value.TryWriteBytes(target, out _, isUnsigned: true));
    }
}
