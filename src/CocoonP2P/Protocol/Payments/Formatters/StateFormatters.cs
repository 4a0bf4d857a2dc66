using CocoonP2P.Ton;
using MessagePack;

namespace CocoonP2P.Protocol;

/// <summary>[channel, seq, cumulative, locks, jobs, changes, signature].</summary>
internal sealed class UpdateFormatter() : PaymentFormatter<StateUpdate>(6)
{
    protected override void WriteFields(ref MessagePackWriter writer, StateUpdate value)
    {
        PaymentFields.Write(ref writer, value.Body);
        ChangesFormatter.Write(ref writer, value.Changes);
        PaymentFields.Write(ref writer, value.ClientSignature);
    }

    protected override StateUpdate ReadFields(ref MessagePackReader reader, Bits256 channel, MessagePackSerializerOptions options) =>
        new(channel, PaymentFields.ReadBody(ref reader), ChangesFormatter.Read(ref reader, options), PaymentFields.ReadSignature(ref reader));
}

/// <summary>[channel, seq, signature].</summary>
internal sealed class AckFormatter() : PaymentFormatter<StateAck>(2)
{
    protected override void WriteFields(ref MessagePackWriter writer, StateAck value)
    {
        writer.Write(value.Seq);
        PaymentFields.Write(ref writer, value.WorkerSignature);
    }

    protected override StateAck ReadFields(ref MessagePackReader reader, Bits256 channel, MessagePackSerializerOptions options) =>
        new(channel, reader.ReadUInt64(), PaymentFields.ReadSignature(ref reader));
}

/// <summary>[channel, seq, code].</summary>
internal sealed class RejectFormatter() : PaymentFormatter<StateReject>(2)
{
    protected override void WriteFields(ref MessagePackWriter writer, StateReject value)
    {
        writer.Write(value.Seq);
        writer.Write(value.Code);
    }

    protected override StateReject ReadFields(ref MessagePackReader reader, Bits256 channel, MessagePackSerializerOptions options) =>
        new(channel, reader.ReadUInt64(), PaymentFields.ReadCode(ref reader));
}
