using CocoonP2P.Protocol;
using MessagePack;

namespace CocoonP2P.Jobs;

/// <summary>Job terms inside a request.</summary>
internal static class JobTermsFieldsFormat
{
    private const int Fields = 7;

    public static void Write(ref MessagePackWriter writer, JobTermsFields terms)
    {
        writer.WriteArrayHeader(Fields);
        writer.Write(terms.Nonce);
        writer.Write(terms.Request);
        writer.Write(terms.Model);
        writer.Write(terms.Deadline);
        writer.Write(terms.Measurement);
        writer.Write(terms.Evidence);
        writer.Write(terms.Quote);
    }

    public static JobTermsFields Read(ref MessagePackReader reader)
    {
        int fields = WireReading.Fields(ref reader, Fields, "job terms");
        JobTermsFields terms = new(
            WireReading.Fixed(ref reader, 16, "job terms: nonce"),
            WireReading.Fixed(ref reader, 32, "job terms: request"),
            WireReading.Fixed(ref reader, 32, "job terms: model"),
            reader.ReadUInt32(),
            WireReading.Fixed(ref reader, 32, "job terms: measurement"),
            WireReading.Fixed(ref reader, 32, "job terms: evidence"),
            WireReading.Fixed(ref reader, 32, "job terms: quote"));
        WireReading.SkipAppended(ref reader, fields, Fields);
        return terms;
    }
}
