using CocoonP2P.Payments;
using CocoonP2P.Ton;
using NSec.Cryptography;

namespace CocoonP2P.Tests.Payments;

/// <summary>Keys from a byte, so that every run signs the same.</summary>
internal sealed class TestKey(byte seed)
{
    private readonly Key _key = Key.Import(
        SignatureAlgorithm.Ed25519, Enumerable.Repeat(seed, 32).ToArray(), KeyBlobFormat.RawPrivateKey);

    public Bits256 Public => new(_key.PublicKey.Export(KeyBlobFormat.RawPublicKey));

    public Signature Sign(Bits256 hash) => Sign(hash.ToArray());

    public Signature Sign(byte[] message) => Signature.From(SignatureAlgorithm.Ed25519.Sign(_key, message));
}
