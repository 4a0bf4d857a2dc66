using System.Buffers.Binary;
using System.Security.Cryptography;
using NSec.Cryptography;
using LargeCipher = System.Security.Cryptography.ChaCha20Poly1305;

namespace CocoonP2P.Libp2p;

/// <summary>One key of ChaCha20-Poly1305 with its counter. For one sender or one reader; not thread-safe.</summary>
/// <remarks>Two engines: libsodium is faster below about 2 kB, the system's above (docs/protocol/libp2p.md).</remarks>
internal sealed class NoiseCipher : IDisposable
{
    public const int TagBytes = 16;

    private const int Crossover = 2048;
    private readonly Key _small;
    private readonly LargeCipher _large;
    private ulong _counter;

    /// <summary>Copies the key; the caller may zero its own.</summary>
    public NoiseCipher(ReadOnlySpan<byte> key)
    {
        _small = Key.Import(AeadAlgorithm.ChaCha20Poly1305, key, KeyBlobFormat.RawSymmetricKey);
        _large = new LargeCipher(key);
    }

    /// <summary>Encrypts into <paramref name="output"/>, 16 bytes longer than the input.</summary>
    public void Seal(ReadOnlySpan<byte> plain, Span<byte> output, ReadOnlySpan<byte> associated)
    {
        Span<byte> nonce = stackalloc byte[12];
        NextNonce(nonce);
        if (plain.Length < Crossover)
        {
            AeadAlgorithm.ChaCha20Poly1305.Encrypt(_small, nonce, associated, plain, output);
        }
        else
        {
            _large.Encrypt(nonce, plain, output[..plain.Length], output[plain.Length..], associated);
        }
    }

    /// <summary>Decrypts into <paramref name="plain"/>, 16 bytes shorter than the input; false if the bytes are not genuine.</summary>
    public bool TryOpen(ReadOnlySpan<byte> input, Span<byte> plain, ReadOnlySpan<byte> associated)
    {
        Span<byte> nonce = stackalloc byte[12];
        NextNonce(nonce);
        if (plain.Length < Crossover)
        {
            return AeadAlgorithm.ChaCha20Poly1305.Decrypt(_small, nonce, associated, input, plain);
        }

        try
        {
            _large.Decrypt(nonce, input[..plain.Length], input[plain.Length..], plain, associated);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _small.Dispose();
        _large.Dispose();
    }

    /// <summary>The last counter value is reserved by the Noise specification, and a repeated one would give the key away.</summary>
    private void NextNonce(Span<byte> nonce)
    {
        if (_counter == ulong.MaxValue)
        {
            throw Libp2pException.Violation("nonce-exhausted", "the key has been used too often");
        }

        nonce[..4].Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(nonce[4..], _counter++);
    }
}
