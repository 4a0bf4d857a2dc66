using CocoonP2P.Payments;
using CocoonP2P.Ton;
using MessagePack;

namespace CocoonP2P.Protocol;

/// <summary>[channel, job, total, job hash, output, started, ended, usage (7), signature].</summary>
internal sealed class JobReceiptFormatter() : PaymentFormatter<JobReceipt>(14)
{
    protected override void WriteFields(ref MessagePackWriter writer, JobReceipt value)
    {
        writer.Write(value.JobId);
        PaymentFields.Write(ref writer, value.Total);
        PaymentFields.Write(ref writer, value.Result.JobHash);
        PaymentFields.Write(ref writer, value.Result.Output);
        writer.Write(value.Result.Started);
        writer.Write(value.Result.Ended);
        PaymentFields.Write(ref writer, value.Result.Usage);
        PaymentFields.Write(ref writer, value.ReceiptSignature);
    }

    protected override JobReceipt ReadFields(ref MessagePackReader reader, Bits256 channel, MessagePackSerializerOptions options)
    {
        ulong job = reader.ReadUInt64();
        NanoTon total = PaymentFields.ReadAmount(ref reader);
        JobResult result = new(
            PaymentFields.ReadBits(ref reader),
            PaymentFields.ReadBits(ref reader),
            reader.ReadUInt32(),
            reader.ReadUInt32(),
            PaymentFields.ReadUsage(ref reader));
        return new JobReceipt(channel, job, total, result, PaymentFields.ReadSignature(ref reader));
    }
}
