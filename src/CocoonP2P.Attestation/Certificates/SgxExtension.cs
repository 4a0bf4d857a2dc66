using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Attestation;

/// <summary>What the PCK certificate says of its platform (Intel SGX PCK Certificate and CRL Profile Specification, 1.3).</summary>
internal sealed class SgxExtension
{
    private const int ComponentCount = 16;

    private const int PceSvnIndex = 17;

    private const int CpuSvnIndex = 18;

    /// <summary>16 security versions, each 0 to 255.</summary>
    public byte[] Components { get; } = new byte[ComponentCount];

    public ushort PceSvn { get; private set; }

    public byte[] Ppid { get; } = new byte[16];

    public byte[] PceId { get; } = new byte[2];

    public byte[] Fmspc { get; } = new byte[6];

    /// <summary>0 standard, 1 scalable, 2 scalable with integrity.</summary>
    public int SgxType { get; private set; }

    public bool? DynamicPlatform { get; private set; }

    public bool? CachedKeys { get; private set; }

    public bool? SmtEnabled { get; private set; }

    /// <summary>Every field of the first five must be there once, in any order; unknown fields are passed over.</summary>
    public static bool TryParse(ReadOnlySpan<byte> content, [NotNullWhen(true)] out SgxExtension? extension)
    {
        var parsed = new SgxExtension();
        var outer = new DerReader(content);
        extension = null;
        const int required = 0b0011_1110;
        if (!outer.TryEnter(DerReader.Sequence, out DerReader fields)
            || !outer.IsEmpty
            || !TryReadFields(fields, Oids.SgxExtension, parsed.TryTake, out uint seen)
            || (seen & required) != required)
        {
            return false;
        }

        extension = parsed;
        return true;
    }

    /// <summary>Takes the value of the field with this last arc; false if it is not as it should be.</summary>
    private delegate bool FieldReader(int arc, ref DerReader value);

    private static bool TryReadFields(DerReader fields, ReadOnlySpan<byte> parent, FieldReader take, out uint seen)
    {
        seen = 0;
        while (!fields.IsEmpty)
        {
            if (!fields.TryEnter(DerReader.Sequence, out DerReader field)
                || !field.TryRead(DerReader.ObjectIdentifier, out ReadOnlySpan<byte> id)
                || id.Length != parent.Length + 1
                || !id.StartsWith(parent)
                || id[^1] > 31)
            {
                return false;
            }

            uint bit = 1u << id[^1];
            if ((seen & bit) != 0 || !take(id[^1], ref field) || !field.IsEmpty)
            {
                return false;
            }

            seen |= bit;
        }

        return true;
    }

    private bool TryTake(int arc, ref DerReader value)
    {
        switch (arc)
        {
            case 1:
                return TryReadOctets(ref value, Ppid);
            case 2:
                ReadOnlySpan<byte> parent = [.. Oids.SgxExtension, 2];
                const uint all = ((1u << (CpuSvnIndex + 1)) - 1) & ~1u;
                return value.TryEnter(DerReader.Sequence, out DerReader tcb)
                    && TryReadFields(tcb, parent, TryTakeTcb, out uint seen)
                    && (seen & all) == all;
            case 3:
                return TryReadOctets(ref value, PceId);
            case 4:
                return TryReadOctets(ref value, Fmspc);
            case 5:
                return value.TryRead(DerReader.Enumerated, out ReadOnlySpan<byte> type)
                    && type is [<= 2]
                    && SetType(type[0]);
            case 6:
                return TryReadOctets(ref value, stackalloc byte[16]);
            case 7:
                parent = [.. Oids.SgxExtension, 7];
                return value.TryEnter(DerReader.Sequence, out DerReader flags)
                    && TryReadFields(flags, parent, TryTakeFlag, out _);
            default:
                return value.TryReadAny(out _, out _);
        }
    }

    private bool TryTakeTcb(int arc, ref DerReader value)
    {
        if (arc == CpuSvnIndex)
        {
            // A packed copy of the components: they are what counts.
            return TryReadOctets(ref value, stackalloc byte[16]);
        }

        bool isPce = arc == PceSvnIndex;
        if (arc is < 1 or > PceSvnIndex || !DerValues.TryReadSmall(ref value, isPce ? ushort.MaxValue : byte.MaxValue, out int svn))
        {
            return false;
        }

        if (isPce)
        {
            PceSvn = (ushort)svn;
        }
        else
        {
            Components[arc - 1] = (byte)svn;
        }

        return true;
    }

    private bool TryTakeFlag(int arc, ref DerReader value)
    {
        if (!value.Next(DerReader.Boolean) || !DerValues.TryReadOptionalBoolean(ref value, out bool flag))
        {
            return false;
        }

        switch (arc)
        {
            case 1:
                DynamicPlatform = flag;
                break;
            case 2:
                CachedKeys = flag;
                break;
            case 3:
                SmtEnabled = flag;
                break;
            default:
                break;
        }

        return true;
    }

    private bool SetType(int type)
    {
        SgxType = type;
        return true;
    }

    private static bool TryReadOctets(ref DerReader value, scoped Span<byte> field)
    {
        bool read = value.TryRead(DerReader.OctetString, out ReadOnlySpan<byte> content) && content.Length == field.Length;
        if (read)
        {
            content.CopyTo(field);
        }

        return read;
    }
}
