using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CocoonP2P.Attestation.Simulated;

/// <summary>A quote to be; every part can be spoilt before it is signed, and the bytes after.</summary>
internal sealed class QuoteSpec
{
    public QuoteSpec(SimulatedTd td, SimulatedKey attestation, SimulatedKey pck)
    {
        Format = td.Format;
        Attestation = attestation;
        Pck = pck;
        AttestationKey = [.. attestation.PublicKey];
        Header = HeaderOf(td.Format);
        Body = BodyOf(td);
        QeReport = ReportOfQe();
    }

    public SimulatedQuoteFormat Format { get; }

    public SimulatedKey Attestation { get; set; }

    public SimulatedKey Pck { get; set; }

    /// <summary>48 bytes.</summary>
    public byte[] Header { get; }

    /// <summary>The bytes of the TD report, offsets as in <see cref="TdReportBody"/>.</summary>
    public byte[] Body { get; }

    /// <summary>The key that the quote states and the report vouches for.</summary>
    public byte[] AttestationKey { get; set; }

    /// <summary>384 bytes; the report data is set when the quote is made.</summary>
    public byte[] QeReport { get; }

    public byte[] QeAuthData { get; set; } = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    /// <summary>Applied to the report before it is signed.</summary>
    public Action<byte[]> BeforeReportIsSigned { get; set; } = _ => { };

    /// <summary>Applied to the finished quote.</summary>
    public Func<byte[], byte[]> AfterSigning { get; set; } = quote => quote;

    public byte[] Encode(string chainPem)
    {
        byte[] signed = [.. Header, .. BodyHeader(), .. Body];
        byte[] vouched = SHA256.HashData([.. AttestationKey, .. QeAuthData]);
        QeReport.AsSpan(SgxReportBody.ReportDataOffset).Clear();
        vouched.CopyTo(QeReport, SgxReportBody.ReportDataOffset);
        BeforeReportIsSigned(QeReport);
        byte[] chain = System.Text.Encoding.ASCII.GetBytes(chainPem);
        byte[] certification =
        [
            .. QeReport, .. Pck.Sign(QeReport), .. U16((ushort)QeAuthData.Length), .. QeAuthData,
            .. U16(QuoteLayout.CertificationPckChain), .. U32(chain.Length), .. chain,
        ];
        byte[] auth =
        [
            .. Attestation.Sign(signed), .. AttestationKey,
            .. U16(QuoteLayout.CertificationQeReport), .. U32(certification.Length), .. certification,
        ];
        return AfterSigning([.. signed, .. U32(auth.Length), .. auth]);
    }

    private byte[] BodyHeader() => Format switch
    {
        SimulatedQuoteFormat.Version4 => [],
        SimulatedQuoteFormat.Version5Td10 => [.. U16(QuoteLayout.BodyTd10), .. U32(Body.Length)],
        SimulatedQuoteFormat.Version5Td15 => [.. U16(QuoteLayout.BodyTd15), .. U32(Body.Length)],
        _ => [.. U16(QuoteLayout.BodyTd15Ex), .. U32(Body.Length)],
    };

    private static byte[] HeaderOf(SimulatedQuoteFormat format)
    {
        byte[] header = new byte[QuoteLayout.HeaderSize];
        header[0] = format == SimulatedQuoteFormat.Version4 ? (byte)4 : (byte)5;
        header[2] = (byte)QuoteLayout.EcdsaP256;
        header[4] = (byte)QuoteLayout.TeeTdx;
        QuoteLayout.SimulatedVendor.CopyTo(header.AsSpan(12));
        "SIMULATED"u8.CopyTo(header.AsSpan(28));
        return header;
    }

    private static byte[] BodyOf(SimulatedTd td)
    {
        byte[] body = new byte[td.Format switch
        {
            SimulatedQuoteFormat.Version5Td15 => TdReportBody.Size15,
            SimulatedQuoteFormat.Version5Td15Ex => TdReportBody.Size15Ex,
            _ => TdReportBody.Size10,
        }];
        ReadOnlySpan<byte> svn = [5, 1, 5];
        svn.CopyTo(body);
        SHA384.HashData("simulated"u8).CopyTo(body, 16);
        BinaryPrimitives.WriteUInt64LittleEndian(body.AsSpan(120), TdAttributeBits.SeptVeDisable);
        BinaryPrimitives.WriteUInt64LittleEndian(body.AsSpan(128), 0x602E7);
        td.MrTd.CopyTo(body, 136);
        for (int i = 0; i < td.Rtmrs.Count; i++)
        {
            td.Rtmrs[i].CopyTo(body, 328 + (48 * i));
        }

        if (body.Length >= TdReportBody.Size15)
        {
            svn.CopyTo(body.AsSpan(584));
        }

        return body;
    }

    private static byte[] ReportOfQe()
    {
        byte[] report = new byte[SgxReportBody.Size];
        report[SgxReportBody.AttributesOffset] = 0x11;
        SimulatedDocuments.QeSigner.CopyTo(report, SgxReportBody.MrSignerOffset);
        report[SgxReportBody.IsvProdIdOffset] = 2;
        report[SgxReportBody.IsvSvnOffset] = 4;
        return report;
    }

    private static byte[] U16(ushort value)
    {
        byte[] bytes = new byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] U32(int value)
    {
        byte[] bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
