using System.Diagnostics;
using NSec.Cryptography;

namespace CocoonP2P.Ton;

/// <summary>An Ed25519 key that signs on behalf of a wallet or of one end of a channel. It never prints its secret.</summary>
[DebuggerDisplay("key {PublicKey}")]
public sealed class KeyPair : IDisposable
{
    /// <summary>The length of a seed in bytes.</summary>
    public const int SeedSize = 32;

    /// <summary>The length of a signature in bytes.</summary>
    public const int SignatureSize = 64;

    private readonly Key key;

    private KeyPair(Key key)
    {
        this.key = key;
        PublicKey = new Bits256(key.Export(KeyBlobFormat.RawPublicKey));
    }

    /// <summary>What others know the key by.</summary>
    public Bits256 PublicKey { get; }

    /// <summary>The key of a seed of 32 bytes (RFC 8032, section 5.1.5). The caller still owns the seed and wipes it.</summary>
    public static KeyPair FromSeed(ReadOnlySpan<byte> seed) =>
        new(Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey));

    /// <summary>Signs the 32 bytes of a cell's hash, as contracts expect; the same cell always gives the same 64 bytes.</summary>
    public byte[] Sign(Cell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return Sign(cell.Hash.ToArray());
    }

    /// <summary>Signs a message of any length: 64 bytes.</summary>
    public byte[] Sign(ReadOnlySpan<byte> message) => SignatureAlgorithm.Ed25519.Sign(key, message);

    /// <summary>The public half alone.</summary>
    public override string ToString() => $"key {PublicKey}";

    /// <summary>Wipes the secret.</summary>
    public void Dispose() => key.Dispose();
}
