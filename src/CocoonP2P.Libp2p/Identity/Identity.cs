using NSec.Cryptography;

namespace CocoonP2P.Libp2p;

/// <summary>The long-lived Ed25519 key of a peer, which its <see cref="PeerId"/> is made of. Holds the secret: dispose it.</summary>
public sealed class Identity : IDisposable
{
    /// <summary>Bytes of the seed an identity is made from.</summary>
    public const int SeedBytes = 32;

    private readonly Key _key;

    private Identity(Key key)
    {
        _key = key;
        PublicKey = new PublicKey(key.PublicKey);
    }

    /// <summary>The name other peers know this one by.</summary>
    public PeerId PeerId => PublicKey.PeerId;

    internal PublicKey PublicKey { get; }

    /// <summary>The identity of a seed, the same each time.</summary>
    /// <exception cref="ArgumentException">The seed does not have 32 bytes.</exception>
    public static Identity FromSeed(ReadOnlySpan<byte> seed) =>
        seed.Length == SeedBytes
            ? new(Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey))
            : throw new ArgumentException($"a seed has {SeedBytes} bytes, not {seed.Length}", nameof(seed));

    /// <summary>A new identity from the system's secure randomness.</summary>
    public static Identity Create() => new(new Key(SignatureAlgorithm.Ed25519));

    /// <summary>Reads a private key in the protobuf form other implementations store.</summary>
    /// <exception cref="FormatException">Not an Ed25519 key of 64 bytes, or of 96 with its public half twice.</exception>
    public static Identity FromPrivateKeyProto(ReadOnlySpan<byte> proto)
    {
        // Type 1 (Ed25519), then 64 bytes: seed and public key. An old form repeats the public key.
        if (proto is not [8, 1, 0x12, 64 or 96, ..] || proto.Length != 4 + proto[3])
        {
            throw new FormatException("not an Ed25519 private key");
        }

        Identity identity = FromSeed(proto.Slice(4, SeedBytes));
        ReadOnlySpan<byte> own = identity.PublicKey.Proto.AsSpan(4);
        for (int at = 4 + SeedBytes; at < proto.Length; at += 32)
        {
            if (!proto.Slice(at, 32).SequenceEqual(own))
            {
                identity.Dispose();
                throw new FormatException("the public half does not belong to the private half");
            }
        }

        return identity;
    }

    /// <summary>Signs with Ed25519; 64 bytes.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data) => SignatureAlgorithm.Ed25519.Sign(_key, data);

    /// <summary>The peer id; never the key.</summary>
    public override string ToString() => PeerId.ToString();

    /// <summary>Zeroes the key.</summary>
    public void Dispose() => _key.Dispose();
}
