using System.Security.Cryptography;
using NSec.Cryptography;
using ChaCha20Poly1305 = System.Security.Cryptography.ChaCha20Poly1305;

namespace CocoonP2P.Sessions;

/// <summary>The primitives of the handshake, each in the one form in which it is used.</summary>
internal static class HandshakeCrypto
{
    public static Key NewEphemeral() =>
        Key.Create(KeyAgreementAlgorithm.X25519, new KeyCreationParameters { ExportPolicy = KeyExportPolicies.None });

    /// <summary>Null for a peer's key that yields the all-zero secret.</summary>
    public static byte[]? Agree(Key own, ReadOnlySpan<byte> peer)
    {
        if (!PublicKey.TryImport(KeyAgreementAlgorithm.X25519, peer, KeyBlobFormat.RawPublicKey, out PublicKey? key))
        {
            return null;
        }

        SharedSecretCreationParameters exportable = new() { ExportPolicy = KeyExportPolicies.AllowPlaintextArchiving };
        using SharedSecret? secret = KeyAgreementAlgorithm.X25519.Agree(own, key!, exportable);
        return secret?.Export(SharedSecretBlobFormat.RawSharedSecret);
    }

    /// <summary>The message that an identity key signs: a label and a transcript hash.</summary>
    public static byte[] SignedMessage(ReadOnlySpan<byte> label, ReadOnlySpan<byte> transcript) => [.. label, .. transcript];

    /// <summary>Checks a signature by the key inside a peer id.</summary>
    public static bool Verify(ReadOnlySpan<byte> peerId, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        peerId.Length == SessionLimits.PeerIdBytes
        && peerId[..6].SequenceEqual((ReadOnlySpan<byte>)[0x00, 0x24, 0x08, 0x01, 0x12, 0x20])
        && PublicKey.TryImport(SignatureAlgorithm.Ed25519, peerId[6..], KeyBlobFormat.RawPublicKey, out PublicKey? key)
        && SignatureAlgorithm.Ed25519.Verify(key!, message, signature);

    /// <summary>Seals one handshake message: nonce is a counter, the message number is authenticated.</summary>
    public static byte[] Seal(byte[] key, ulong counter, byte messageNumber, ReadOnlySpan<byte> plaintext)
    {
        byte[] sealedBytes = new byte[plaintext.Length + 16];
        using ChaCha20Poly1305 aead = new(key);
        aead.Encrypt(
            Nonce(counter), plaintext, sealedBytes.AsSpan(0, plaintext.Length), sealedBytes.AsSpan(plaintext.Length), [messageNumber]);
        return sealedBytes;
    }

    public static byte[]? Open(byte[] key, ulong counter, byte messageNumber, ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < 16)
        {
            return null;
        }

        byte[] plaintext = new byte[sealedBytes.Length - 16];
        using ChaCha20Poly1305 aead = new(key);
        try
        {
            aead.Decrypt(Nonce(counter), sealedBytes[..^16], sealedBytes[^16..], plaintext, [messageNumber]);
            return plaintext;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    public static byte[] Nonce(ulong counter)
    {
        byte[] nonce = new byte[12];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(nonce.AsSpan(4), counter);
        return nonce;
    }
}
