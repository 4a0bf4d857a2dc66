using CocoonP2P.Ton;
using NSec.Cryptography;

namespace CocoonP2P.Payments;

/// <summary>Ed25519 over a cell's hash, never more lenient than the contract.</summary>
internal static class SignatureCheck
{
    public static bool Holds(Bits256 key, Bits256 hash, Signature signature) => Holds(key, hash.ToArray(), signature);

    public static bool Holds(Bits256 key, ReadOnlySpan<byte> message, Signature signature) =>
        PublicKey.TryImport(SignatureAlgorithm.Ed25519, key.ToArray(), KeyBlobFormat.RawPublicKey, out PublicKey? imported)
        && SignatureAlgorithm.Ed25519.Verify(imported!, message, signature.ToArray());
}
