using System.Diagnostics.CodeAnalysis;
using NSec.Cryptography;
using NSecKey = NSec.Cryptography.PublicKey;

namespace CocoonP2P.Libp2p;

/// <summary>A peer's Ed25519 public key. Keys of other kinds are refused.</summary>
/// <remarks>Specification peer-ids/peer-ids.md, "Keys": protobuf of type 1 and 32 bytes, in that order and nothing else.</remarks>
internal sealed class PublicKey
{
    public const int ProtoLength = 36;
    public const int SignatureLength = 64;

    private readonly NSecKey _key;

    public PublicKey(NSecKey key)
    {
        _key = key;
        Proto = [8, 1, 0x12, 0x20, .. key.Export(KeyBlobFormat.RawPublicKey)];
        PeerId = PeerId.FromPublicKeyProto(Proto);
    }

    /// <summary>The one encoding of this key.</summary>
    public byte[] Proto { get; }

    public PeerId PeerId { get; }

    public static bool TryParse(ReadOnlySpan<byte> proto, [NotNullWhen(true)] out PublicKey? key)
    {
        key = null;
        if (proto.Length != ProtoLength || proto is not [8, 1, 0x12, 0x20, ..]
            || !NSecKey.TryImport(SignatureAlgorithm.Ed25519, proto[4..], KeyBlobFormat.RawPublicKey, out NSecKey? parsed) || parsed is null)
        {
            return false;
        }

        key = new PublicKey(parsed);
        return true;
    }

    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureLength && SignatureAlgorithm.Ed25519.Verify(_key, data, signature);
}
