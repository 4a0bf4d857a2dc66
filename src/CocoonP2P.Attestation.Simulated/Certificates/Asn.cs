using System.Formats.Asn1;

namespace CocoonP2P.Attestation.Simulated;

/// <summary>What certificates and revocation lists have in common.</summary>
internal static class Asn
{
    private static readonly DateTimeOffset LastUtcTime = new(2049, 12, 31, 23, 59, 59, TimeSpan.Zero);

    public static byte[] Encode(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }

    public static void Algorithm(AsnWriter writer, string oid)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
        }
    }

    public static void Name(AsnWriter writer, string commonName)
    {
        using (writer.PushSequence())
        using (writer.PushSetOf())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("2.5.4.3");
            writer.WriteCharacterString(UniversalTagNumber.UTF8String, commonName);
        }
    }

    public static void Time(AsnWriter writer, DateTimeOffset time)
    {
        if (time <= LastUtcTime)
        {
            writer.WriteUtcTime(time);
        }
        else
        {
            writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
        }
    }

    public static void Extension(AsnWriter writer, string oid, bool critical, Action<AsnWriter> value)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            if (critical)
            {
                writer.WriteBoolean(true);
            }

            writer.WriteOctetString(Encode(value));
        }
    }

    /// <summary>A signed structure: what was signed, how, and the signature.</summary>
    public static byte[] Signed(byte[] content, string algorithm, byte[] signature) => Encode(writer =>
    {
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(content);
            Algorithm(writer, algorithm);
            writer.WriteBitString(signature);
        }
    });
}
