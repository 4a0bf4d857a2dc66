using CocoonP2P.Ton;

namespace CocoonP2P.Payments;

/// <summary>Ed25519 over a cell's hash, never more lenient than the contract.</summary>
internal static class SignatureCheck
{
    public static bool Holds(Bits256 key, Bits256 hash, Signature signature) => Holds(key, hash.ToArray(), signature);

    public static bool Holds(Bits256 key, ReadOnlySpan<byte> message, Signature signature) =>
        StrictEd25519.Verify(key, message, signature.ToArray());
}
