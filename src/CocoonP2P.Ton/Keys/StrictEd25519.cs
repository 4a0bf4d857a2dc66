using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using NSec.Cryptography;
using IncrementalHash = System.Security.Cryptography.IncrementalHash;

namespace CocoonP2P.Ton;

/// <summary>Verification that accepts no signature which the TVM refuses: what a party relies on must hold on chain. Numbers
/// and points are in their one canonical form, keys and commitments have no small order, and the equation holds exactly,
/// not only up to a point of small order. That last is why the library's own check is not enough: it multiplies
/// the equation by eight, and a payer with a crafted key could sign states that count off chain alone.</summary>
public static class StrictEd25519
{
    private const int Half = KeyPair.SignatureSize / 2;

    /// <summary>The number of points in the group that signatures live in (RFC 8032, section 5.1).</summary>
    private static readonly BigInteger Order = (BigInteger.One << 252) + BigInteger.Parse(
        "27742317777372353535851937790883648493", CultureInfo.InvariantCulture);

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
            && SignatureAlgorithm.Ed25519.Verify(imported!, message, signature)
            && HoldsExactly(key, message, signature);
    }

    /// <summary>Whether S·B − k·A is, byte for byte, the R of the signature.</summary>
    internal static bool HoldsExactly(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        ReadOnlySpan<byte> commitment = signature[..Half];
        ReadOnlySpan<byte> scalar = signature[Half..];
        if (new BigInteger(scalar, isUnsigned: true) >= Order
            || !EdwardsPoint.TryDecode(key, out EdwardsPoint point) || point.HasSmallOrder)
        {
            return false;
        }

        Span<byte> challenge = stackalloc byte[Half];
        Challenge(commitment, key, message, challenge);
        EdwardsPoint expected = EdwardsPoint.Combine(scalar, EdwardsPoint.Base, challenge, point.Negated);
        Span<byte> encoded = stackalloc byte[Half];
        expected.Encode(encoded);
        return !expected.HasSmallOrder && encoded.SequenceEqual(commitment);
    }

    /// <summary>SHA-512 of R, A and the message, reduced to the group's order.</summary>
    internal static void Challenge(
        ReadOnlySpan<byte> commitment, ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, Span<byte> challenge)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(commitment);
        hash.AppendData(key);
        hash.AppendData(message);
        BigInteger number = new BigInteger(hash.GetHashAndReset(), isUnsigned: true) % Order;
        challenge.Clear();
        number.TryWriteBytes(challenge, out _, isUnsigned: true);
    }
}
