using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;
using NSecKey = NSec.Cryptography.PublicKey;

namespace CocoonP2P.Libp2p;

/// <summary>The running hash and chaining key of a Noise handshake, as section 5.2 of the Noise specification names them.</summary>
internal sealed class NoiseSymmetricState : IDisposable
{
    private readonly byte[] _chainingKey;
    private byte[] _hash = Encoding.ASCII.GetBytes("Noise_XX_25519_ChaChaPoly_SHA256");
    private NoiseCipher? _cipher;

    public NoiseSymmetricState(ReadOnlySpan<byte> prologue)
    {
        // The name has exactly 32 bytes, so it is the first hash as it stands.
        _chainingKey = [.. _hash];
        MixHash(prologue);
    }

    /// <summary>Equal on both sides and unique to this handshake.</summary>
    public byte[] Hash => _hash;

    public void MixHash(ReadOnlySpan<byte> data)
    {
        using var hash = System.Security.Cryptography.IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(_hash);
        hash.AppendData(data);
        _hash = hash.GetHashAndReset();
    }

    /// <summary>False where the remote's key makes the secret all zero, which no honest key does.</summary>
    public bool TryMixKey(Key own, ReadOnlySpan<byte> remote)
    {
        if (!NSecKey.TryImport(KeyAgreementAlgorithm.X25519, remote, KeyBlobFormat.RawPublicKey, out NSecKey? key) || key is null)
        {
            return false;
        }

        using SharedSecret? secret = KeyAgreementAlgorithm.X25519.Agree(own, key);
        if (secret is null)
        {
            return false;
        }

        Span<byte> pseudoRandom = stackalloc byte[32];
        Span<byte> output = stackalloc byte[64];
        KeyDerivationAlgorithm.HkdfSha256.Extract(secret, _chainingKey, pseudoRandom);
        KeyDerivationAlgorithm.HkdfSha256.Expand(pseudoRandom, default, output);
        output[..32].CopyTo(_chainingKey);
        _cipher?.Dispose();
        _cipher = new NoiseCipher(output[32..]);
        CryptographicOperations.ZeroMemory(output);
        CryptographicOperations.ZeroMemory(pseudoRandom);
        return true;
    }

    public byte[] EncryptAndHash(ReadOnlySpan<byte> plain)
    {
        byte[] output = plain.ToArray();
        if (_cipher is not null)
        {
            output = new byte[plain.Length + NoiseCipher.TagBytes];
            _cipher.Seal(plain, output, _hash);
        }

        MixHash(output);
        return output;
    }

    /// <summary>Null if the bytes are not genuine.</summary>
    public byte[]? DecryptAndHash(ReadOnlySpan<byte> input)
    {
        byte[] plain = input.ToArray();
        if (_cipher is not null)
        {
            if (input.Length < NoiseCipher.TagBytes)
            {
                return null;
            }

            plain = new byte[input.Length - NoiseCipher.TagBytes];
            if (!_cipher.TryOpen(input, plain, _hash))
            {
                return null;
            }
        }

        MixHash(input);
        return plain;
    }

    /// <summary>The two keys of the connection: initiator to responder, and back.</summary>
    public (NoiseCipher Initiator, NoiseCipher Responder) Split()
    {
        // HKDF with an empty secret, which both HKDF classes refuse; three HMACs are the same thing.
        Span<byte> pseudoRandom = stackalloc byte[32];
        Span<byte> first = stackalloc byte[33];
        Span<byte> second = stackalloc byte[32];
        HMACSHA256.HashData(_chainingKey, ReadOnlySpan<byte>.Empty, pseudoRandom);
        HMACSHA256.HashData(pseudoRandom, [1], first);
        first[32] = 2;
        HMACSHA256.HashData(pseudoRandom, first, second);
        var keys = (new NoiseCipher(first[..32]), new NoiseCipher(second));
        CryptographicOperations.ZeroMemory(pseudoRandom);
        CryptographicOperations.ZeroMemory(first);
        CryptographicOperations.ZeroMemory(second);
        return keys;
    }

    public void Dispose()
    {
        _cipher?.Dispose();
        CryptographicOperations.ZeroMemory(_chainingKey);
    }
}
