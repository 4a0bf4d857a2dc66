using NSec.Cryptography;

namespace CocoonP2P.Ton;

/// <summary>Verification that accepts no signature which the TVM refuses: what a party relies on must hold on chain. Numbers
/// and points must be in their one canonical form, keys and commitments have no small order, and the equation must hold
/// exactly, not only up to a point of small order. The library beneath does all that today; other versions of it multiply
/// the equation by eight, and then a payer with a crafted key could sign states that count off chain alone. So
/// tests/vectors/ton/signatures.json holds such signatures with the TVM's own verdict on each.</summary>
internal static class StrictEd25519
{
    /// <summary>Whether a signature of 64 bytes over a cell's hash is good under a public key.</summary>
    public static bool Verify(Bits256 publicKey, Cell cell, ReadOnlySpan<byte> signature)
    {
        ArgumentNullException.ThrowIfNull(cell);
        Span<byte> hash = stackalloc byte[Bits256.Size];
        cell.Hash.CopyTo(hash);
        return Verify(publicKey, hash, signature);
    }

    /// <summary>Whether a signature of 64 bytes over a message is good under a public key.</summary>
    public static bool Verify(Bits256 publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        Span<byte> key = stackalloc byte[Bits256.Size];
        publicKey.CopyTo(key);
        return signature.Length == KeyPair.SignatureSize
            && PublicKey.TryImport(SignatureAlgorithm.Ed25519, key, KeyBlobFormat.RawPublicKey, out PublicKey? imported)
            && SignatureAlgorithm.Ed25519.Verify(imported!, message, signature);
    }
}
