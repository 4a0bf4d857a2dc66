using System.Collections.Immutable;
using CocoonP2P.Payments;
using MessagePack;
using MessagePack.Formatters;

namespace CocoonP2P.Protocol;

/// <summary>[network, key, worker, payout, model, prices (9), credit, chunk, prepay, periods, deposit, from, until, serial,
/// signature].</summary>
internal sealed class SignedQuoteFormatter : IMessagePackFormatter<SignedQuote>
{
    private const int Fields = 23;

    public void Serialize(ref MessagePackWriter writer, SignedQuote value, MessagePackSerializerOptions options)
    {
        Quote quote = value.Quote;
        writer.WriteArrayHeader(Fields);
        writer.Write(quote.NetworkId);
        PaymentFields.Write(ref writer, quote.WorkerKey);
        PaymentFields.Write(ref writer, quote.Worker);
        PaymentFields.Write(ref writer, quote.Payout);
        PaymentFields.Write(ref writer, quote.Model);
        Write(ref writer, quote.Prices);
        PaymentFields.Write(ref writer, quote.Credit);
        writer.Write(quote.ChunkTokens);
        writer.Write(quote.PrepayPrompt);
        writer.WriteArrayHeader(quote.Periods.Length);
        foreach (uint period in quote.Periods)
        {
            writer.Write(period);
        }

        PaymentFields.Write(ref writer, quote.MinDeposit);
        writer.Write(quote.ValidFrom);
        writer.Write(quote.ValidUntil);
        writer.Write(quote.Serial);
        PaymentFields.Write(ref writer, value.Signature);
    }

    public SignedQuote Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        int later = PaymentFields.Open(ref reader, Fields, options);
        Quote quote = new(
            reader.ReadInt32(),
            PaymentFields.ReadBits(ref reader),
            PaymentFields.ReadAddress(ref reader),
            PaymentFields.ReadAddress(ref reader),
            PaymentFields.ReadBits(ref reader),
            ReadPrices(ref reader),
            PaymentFields.ReadAmount(ref reader),
            reader.ReadUInt32(),
            reader.ReadBoolean(),
            ReadPeriods(ref reader, options),
            PaymentFields.ReadAmount(ref reader),
            reader.ReadUInt32(),
            reader.ReadUInt32(),
            reader.ReadUInt64());
        SignedQuote signed = new(quote, PaymentFields.ReadSignature(ref reader));
        PaymentFields.Close(ref reader, later);
        return signed;
    }

    private static void Write(ref MessagePackWriter writer, PriceList prices)
    {
        writer.Write(prices.Prompt);
        writer.Write(prices.Cached);
        writer.Write(prices.Completion);
        writer.Write(prices.Reasoning);
        writer.Write(prices.BytesIn);
        writer.Write(prices.BytesOut);
        writer.Write(prices.Operations);
        PaymentFields.Write(ref writer, prices.MinCharge);
        PaymentFields.Write(ref writer, prices.RunFee);
    }

    private static PriceList ReadPrices(ref MessagePackReader reader) => new(
        reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64(), reader.ReadUInt64(),
        reader.ReadUInt64(), PaymentFields.ReadAmount(ref reader), PaymentFields.ReadAmount(ref reader));

    private static ImmutableArray<uint> ReadPeriods(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        options.Security.DepthStep(ref reader);
        int count = reader.ReadArrayHeader();
        Wire.Require(count is >= 0 and <= Limits.PeriodsPerQuote, "number of periods");
        ImmutableArray<uint>.Builder periods = ImmutableArray.CreateBuilder<uint>(count);
        for (int at = 0; at < count; at++)
        {
            periods.Add(reader.ReadUInt32());
        }

        reader.Depth--;
        return periods.MoveToImmutable();
    }
}
