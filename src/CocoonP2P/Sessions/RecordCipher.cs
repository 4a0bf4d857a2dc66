using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CocoonP2P.Sessions;

/// <summary>One direction of an open session: records under a counter, and a fresh key when one is used up.</summary>
internal sealed class RecordCipher : IDisposable
{
    public const int TagBytes = 16;
    private byte[] _key;
    private ChaCha20Poly1305 _aead;
    private ulong _counter;

    /// <summary>Takes the key and owns it.</summary>
    public RecordCipher(byte[] key) => (_key, _aead) = (key, new ChaCha20Poly1305(key));

    /// <summary>Records under the present key.</summary>
    public ulong Count => _counter;

    /// <summary>The record with its u32 length in front, which is authenticated.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plaintext)
    {
        byte[] record = new byte[4 + plaintext.Length + TagBytes];
        Span<byte> length = record.AsSpan(0, 4);
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)(plaintext.Length + TagBytes));
        _aead.Encrypt(
            HandshakeCrypto.Nonce(_counter++), plaintext, record.AsSpan(4, plaintext.Length), record.AsSpan(4 + plaintext.Length), length);
        return record;
    }

    /// <summary>The plaintext of a record's body; null where the key does not open it.</summary>
    public byte[]? Open(ReadOnlySpan<byte> body)
    {
        if (body.Length < TagBytes)
        {
            return null;
        }

        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)body.Length);
        byte[] plaintext = new byte[body.Length - TagBytes];
        try
        {
            _aead.Decrypt(HandshakeCrypto.Nonce(_counter++), body[..^TagBytes], body[^TagBytes..], plaintext, length);
            return plaintext;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>Replaces the key by one that cannot be turned back into it.</summary>
    public void Rekey()
    {
        byte[] next = new byte[32];
        HKDF.Expand(HashAlgorithmName.SHA384, _key, next, Labels.Rekey);
        _aead.Dispose();
        CryptographicOperations.ZeroMemory(_key);
        (_key, _aead, _counter) = (next, new ChaCha20Poly1305(next), 0);
    }

    public void Dispose()
    {
        _aead.Dispose();
        CryptographicOperations.ZeroMemory(_key);
    }
}
