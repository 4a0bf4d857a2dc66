using CocoonP2P.Ton;
using ChannelTerms = CocoonP2P.Ton.Contracts.ChannelTerms;
using MessagePack;

namespace CocoonP2P.Protocol;

/// <summary>[channel, client key, worker key, network, salt, period, client, worker, payout].</summary>
internal sealed class TermsFormatter() : PaymentFormatter<ChannelTermsMessage>(8)
{
    protected override void WriteFields(ref MessagePackWriter writer, ChannelTermsMessage value)
    {
        ChannelTerms terms = value.Terms;
        PaymentFields.Write(ref writer, terms.ClientKey);
        PaymentFields.Write(ref writer, terms.WorkerKey);
        writer.Write(terms.NetworkId);
        writer.Write(terms.Salt);
        writer.Write(terms.ChallengePeriod);
        PaymentFields.Write(ref writer, terms.Client);
        PaymentFields.Write(ref writer, terms.Worker);
        PaymentFields.Write(ref writer, terms.Payout);
    }

    protected override ChannelTermsMessage ReadFields(
        ref MessagePackReader reader, Bits256 channel, MessagePackSerializerOptions options) =>
        new(channel, new ChannelTerms(
            PaymentFields.ReadBits(ref reader),
            PaymentFields.ReadBits(ref reader),
            reader.ReadInt32(),
            reader.ReadUInt64(),
            reader.ReadUInt32(),
            PaymentFields.ReadAddress(ref reader),
            PaymentFields.ReadAddress(ref reader),
            PaymentFields.ReadAddress(ref reader)));
}

/// <summary>[channel, signature].</summary>
internal sealed class AgreedFormatter() : PaymentFormatter<ChannelAgreed>(1)
{
    protected override void WriteFields(ref MessagePackWriter writer, ChannelAgreed value) =>
        PaymentFields.Write(ref writer, value.WorkerSignature);

    protected override ChannelAgreed ReadFields(ref MessagePackReader reader, Bits256 channel, MessagePackSerializerOptions options) =>
        new(channel, PaymentFields.ReadSignature(ref reader));
}
