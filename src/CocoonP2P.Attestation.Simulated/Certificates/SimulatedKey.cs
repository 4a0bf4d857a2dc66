using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace CocoonP2P.Attestation.Simulated;

/// <summary>A P-256 key pair that follows from a seed and a label: whoever knows the seed has it.</summary>
internal sealed class SimulatedKey
{
    /// <summary>64 bits more than the order has, so that no scalar is noticeably likelier than another.</summary>
    private const int DerivedBytes = 40;

    private static readonly BigInteger Order = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
        System.Globalization.NumberStyles.HexNumber,
        System.Globalization.CultureInfo.InvariantCulture);

    private readonly Lock gate = new();
    private readonly ECDsa key;

    public SimulatedKey(byte[] seed, string label)
    {
        byte[] wide = HKDF.DeriveKey(
            HashAlgorithmName.SHA256, seed, DerivedBytes, "CocoonP2P simulated TEE"u8.ToArray(), Encoding.UTF8.GetBytes(label));
        BigInteger scalar = (new BigInteger(wide, isUnsigned: true, isBigEndian: true) % (Order - 1)) + 1;
        byte[] d = new byte[32];
        byte[] digits = scalar.ToByteArray(isUnsigned: true, isBigEndian: true);
        digits.CopyTo(d, d.Length - digits.Length);
        key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = d });
        ECPoint point = key.ExportParameters(includePrivateParameters: false).Q;
        PublicKey = [.. point.X!, .. point.Y!];
    }

    /// <summary>x and y, 64 bytes.</summary>
    public byte[] PublicKey { get; }

    /// <summary>r and s, 64 bytes, over the SHA-256 of the data.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data) => Sign(data, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    /// <summary>The same as certificates have it.</summary>
    public byte[] SignDer(ReadOnlySpan<byte> data) => Sign(data, DSASignatureFormat.Rfc3279DerSequence);

    private byte[] Sign(ReadOnlySpan<byte> data, DSASignatureFormat format)
    {
        lock (gate)
        {
            return key.SignData(data, HashAlgorithmName.SHA256, format);
        }
    }
}
