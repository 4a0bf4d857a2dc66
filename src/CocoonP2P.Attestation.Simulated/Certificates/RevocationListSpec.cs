using System.Formats.Asn1;

namespace CocoonP2P.Attestation.Simulated;

/// <summary>A revocation list to be.</summary>
internal sealed class RevocationListSpec
{
    public required string Issuer { get; set; }

    public required SimulatedKey Signer { get; set; }

    public required DateTimeOffset ThisUpdate { get; set; }

    public required DateTimeOffset NextUpdate { get; set; }

    /// <summary>Serial numbers.</summary>
    public List<int> Revoked { get; } = [];

    /// <summary>An extension besides the list's number: identifier and whether it must be understood.</summary>
    public (string Oid, bool Critical)? Extra { get; set; }

    public byte[] Encode()
    {
        byte[] content = Asn.Encode(WriteContent);
        return Asn.Signed(content, CertificateSpec.EcdsaSha256, Signer.SignDer(content));
    }

    private void WriteContent(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(1);
            Asn.Algorithm(writer, CertificateSpec.EcdsaSha256);
            Asn.Name(writer, Issuer);
            Asn.Time(writer, ThisUpdate);
            Asn.Time(writer, NextUpdate);
            if (Revoked.Count > 0)
            {
                using (writer.PushSequence())
                {
                    Revoked.ForEach(serial => WriteEntry(writer, serial));
                }
            }

            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            using (writer.PushSequence())
            {
                Asn.Extension(writer, "2.5.29.20", critical: false, value => value.WriteInteger(1));
                if (Extra is { } extra)
                {
                    Asn.Extension(writer, extra.Oid, extra.Critical, value => value.WriteInteger(1));
                }
            }
        }
    }

    private void WriteEntry(AsnWriter writer, int serial)
    {
        using (writer.PushSequence())
        {
            writer.WriteInteger(serial);
            Asn.Time(writer, ThisUpdate);
        }
    }
}
