using System.Formats.Asn1;

namespace CocoonP2P.Attestation.Simulated;

/// <summary>The platform description to be, field by field, so that fields can be missing, twice or out of range.</summary>
internal sealed class SgxExtensionSpec
{
    public const string Oid = "1.2.840.113741.1.13.1";

    /// <summary>A component or PCE version is field 1 to 17 of the TCB, the packed copy field 18.</summary>
    public const int PceSvnField = 17;

    public required byte[] Ppid { get; set; }

    public required byte[] Fmspc { get; set; }

    public byte[] PceId { get; set; } = new byte[2];

    /// <summary>16 components, then the PCE's version.</summary>
    public int[] Svns { get; } = [.. Enumerable.Repeat(5, 16), 11];

    /// <summary>Top-level fields to leave out.</summary>
    public HashSet<int> Missing { get; } = [];

    /// <summary>TCB fields to leave out.</summary>
    public HashSet<int> MissingSvns { get; } = [];

    /// <summary>Top-level fields to write twice.</summary>
    public HashSet<int> Twice { get; } = [];

    public void Write(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            Field(writer, 1, value => value.WriteOctetString(Ppid));
            Field(writer, 2, WriteSvns);
            Field(writer, 3, value => value.WriteOctetString(PceId));
            Field(writer, 4, value => value.WriteOctetString(Fmspc));
            Field(writer, 5, value => value.WriteEncodedValue([DerReader.Enumerated, 1, 1]));
            Field(writer, 6, value => value.WriteOctetString(Ppid));
            Field(writer, 7, WriteFlags);
        }
    }

    private void Field(AsnWriter writer, int arc, Action<AsnWriter> value)
    {
        int times = Missing.Contains(arc) ? 0 : Twice.Contains(arc) ? 2 : 1;
        for (; times > 0; times--)
        {
            Pair(writer, $"{Oid}.{arc}", value);
        }
    }

    private void WriteSvns(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            for (int i = 1; i <= Svns.Length; i++)
            {
                if (!MissingSvns.Contains(i))
                {
                    int svn = Svns[i - 1];
                    Pair(writer, $"{Oid}.2.{i}", value => value.WriteInteger(svn));
                }
            }

            Pair(writer, $"{Oid}.2.{PceSvnField + 1}", value => value.WriteOctetString(new byte[16]));
        }
    }

    private static void WriteFlags(AsnWriter writer)
    {
        using (writer.PushSequence())
        {
            for (int i = 1; i <= 3; i++)
            {
                int flag = i;
                Pair(writer, $"{Oid}.7.{i}", value => value.WriteBoolean(flag == 3));
            }
        }
    }

    private static void Pair(AsnWriter writer, string oid, Action<AsnWriter> value)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            value(writer);
        }
    }
}
