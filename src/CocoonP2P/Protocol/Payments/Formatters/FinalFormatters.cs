using CocoonP2P.Ton;
using MessagePack;

namespace CocoonP2P.Protocol;

/// <summary>[channel, seq, cumulative, valid until, jobs, signature].</summary>
internal sealed class FinalOfferFormatter() : PaymentFormatter<FinalOffer>(5)
{
    protected override void WriteFields(ref MessagePackWriter writer, FinalOffer value)
    {
        PaymentFields.Write(ref writer, value.Body);
        PaymentFields.Write(ref writer, value.Signature);
    }

    protected override FinalOffer ReadFields(ref MessagePackReader reader, Bits256 channel, MessagePackSerializerOptions options) =>
        new(channel, PaymentFields.ReadFinal(ref reader), PaymentFields.ReadSignature(ref reader));
}

/// <summary>As <see cref="FinalOfferFormatter"/>.</summary>
internal sealed class FinalAgreedFormatter() : PaymentFormatter<FinalAgreed>(5)
{
    protected override void WriteFields(ref MessagePackWriter writer, FinalAgreed value)
    {
        PaymentFields.Write(ref writer, value.Body);
        PaymentFields.Write(ref writer, value.Signature);
    }

    protected override FinalAgreed ReadFields(ref MessagePackReader reader, Bits256 channel, MessagePackSerializerOptions options) =>
        new(channel, PaymentFields.ReadFinal(ref reader), PaymentFields.ReadSignature(ref reader));
}
