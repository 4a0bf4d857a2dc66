using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace CocoonP2P.Attestation;

/// <summary>
/// A P-256 public key, imported once per concurrent user. Importing costs more than a check, and a handle serves one
/// thread at a time.
/// </summary>
internal sealed class P256Key
{
    private readonly ECParameters parameters;
    private readonly ConcurrentBag<ECDsa> idle = [];

    private P256Key(ECParameters parameters, ECDsa first)
    {
        this.parameters = parameters;
        idle.Add(first);
    }

    /// <summary>The order n of the curve (FIPS 186-4, D.1.2.3), big endian.</summary>
    private static ReadOnlySpan<byte> Order =>
    [
        0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xBC, 0xE6, 0xFA, 0xAD, 0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51,
    ];

    /// <summary>Imports x and y, 64 bytes big endian; false if they are no point of the curve.</summary>
    public static bool TryImport(ReadOnlySpan<byte> point, [NotNullWhen(true)] out P256Key? key)
    {
        key = null;
        if (point.Length != QuoteLayout.KeySize)
        {
            return false;
        }

        var parameters = new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = point[..32].ToArray(), Y = point[32..].ToArray() },
        };
        try
        {
            key = new P256Key(parameters, ECDsa.Create(parameters));
            return true;
        }
        catch (CryptographicException)
        {
            // The only way the framework has to say "not on the curve"; reached by signed keys alone.
            return false;
        }
    }

    /// <summary>Checks r and s, 64 bytes big endian, both in [1, n-1], over a SHA-256 hash.</summary>
    public bool Verifies(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != QuoteLayout.SignatureSize || !IsScalar(signature[..32]) || !IsScalar(signature[32..]))
        {
            return false;
        }

        ECDsa handle = idle.TryTake(out ECDsa? free) ? free : ECDsa.Create(parameters);
        bool valid = handle.VerifyHash(hash, signature);
        idle.Add(handle);
        return valid;
    }

    private static bool IsScalar(ReadOnlySpan<byte> value) =>
        value.IndexOfAnyExcept((byte)0) >= 0 && value.SequenceCompareTo(Order) < 0;
}
