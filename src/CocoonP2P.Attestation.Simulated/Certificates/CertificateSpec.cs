using System.Formats.Asn1;

namespace CocoonP2P.Attestation.Simulated;

/// <summary>A certificate to be; every part can be spoilt before it is signed.</summary>
internal sealed class CertificateSpec
{
    public const string EcdsaSha256 = "1.2.840.10045.4.3.2";

    public required string Subject { get; set; }

    public required string Issuer { get; set; }

    public required SimulatedKey Key { get; set; }

    public required SimulatedKey Signer { get; set; }

    public int Serial { get; set; } = 1;

    /// <summary>The first year of any simulated world.</summary>
    public DateTimeOffset NotBefore { get; set; } = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public DateTimeOffset NotAfter { get; set; } = new(2099, 12, 31, 23, 59, 59, TimeSpan.Zero);

    public bool IsCa { get; set; }

    public int? PathLength { get; set; }

    /// <summary>The first byte of the key usage.</summary>
    public byte KeyUsage { get; set; } = (byte)KeyUses.DigitalSignature;

    public string Algorithm { get; set; } = EcdsaSha256;

    public bool HasUnknownCritical { get; set; }

    /// <summary>Replaces the public key's encoding.</summary>
    public byte[]? EncodedKey { get; set; }

    public SgxExtensionSpec? Sgx { get; set; }

    public byte[] Encode()
    {
        byte[] content = Asn.Encode(WriteContent);
        return Asn.Signed(content, Algorithm, Signer.SignDer(content));
    }

    private void WriteContent(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            {
                writer.WriteInteger(2);
            }

            writer.WriteInteger(Serial);
            Asn.Algorithm(writer, Algorithm);
            Asn.Name(writer, Issuer);
            using (writer.PushSequence())
            {
                Asn.Time(writer, NotBefore);
                Asn.Time(writer, NotAfter);
            }

            Asn.Name(writer, Subject);
            writer.WriteEncodedValue(EncodedKey ?? [.. Oids.P256KeyPrefix, .. Key.PublicKey]);
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 3)))
            using (writer.PushSequence())
            {
                WriteExtensions(writer);
            }
        }
    }

    private void WriteExtensions(AsnWriter writer)
    {
        Asn.Extension(writer, "2.5.29.15", critical: true, value =>
            value.WriteBitString([KeyUsage], System.Numerics.BitOperations.TrailingZeroCount(KeyUsage | 0x80)));
        Asn.Extension(writer, "2.5.29.19", critical: true, value =>
        {
            using (value.PushSequence())
            {
                if (IsCa)
                {
                    value.WriteBoolean(true);
                }

                if (PathLength is { } length)
                {
                    value.WriteInteger(length);
                }
            }
        });
        if (HasUnknownCritical)
        {
            Asn.Extension(writer, "2.5.29.99", critical: true, value => value.WriteNull());
        }

        if (Sgx is { } sgx)
        {
            Asn.Extension(writer, SgxExtensionSpec.Oid, critical: false, sgx.Write);
        }
    }
}
