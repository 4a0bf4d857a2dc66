using CocoonP2P.Ton;
using MessagePack;

namespace CocoonP2P.Protocol;

/// <summary>[channel, epoch, signed, held, generation, proof or nil]; proof is [seq, cumulative, locks, jobs, client, worker].</summary>
internal sealed class ResumeFormatter() : PaymentFormatter<PayResume>(5)
{
    private const int ProofFields = 6;

    protected override void WriteFields(ref MessagePackWriter writer, PayResume value)
    {
        writer.Write(value.Epoch);
        writer.Write(value.SignedSeq);
        writer.Write(value.HeldSeq);
        writer.Write(value.Generation);
        if (value.Proof is not { } proof)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(ProofFields);
        PaymentFields.Write(ref writer, proof.Body);
        PaymentFields.Write(ref writer, proof.Client);
        PaymentFields.Write(ref writer, proof.Worker);
    }

    protected override PayResume ReadFields(ref MessagePackReader reader, Bits256 channel, MessagePackSerializerOptions options) =>
        new(channel, reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64(), ReadProof(ref reader, options));

    private static ResumeProof? ReadProof(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        int later = PaymentFields.Open(ref reader, ProofFields, options);
        ResumeProof proof = new(
            PaymentFields.ReadBody(ref reader), PaymentFields.ReadSignature(ref reader), PaymentFields.ReadSignature(ref reader));
        PaymentFields.Close(ref reader, later);
        return proof;
    }
}
