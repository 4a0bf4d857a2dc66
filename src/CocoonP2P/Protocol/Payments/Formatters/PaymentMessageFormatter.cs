using MessagePack;
using MessagePack.Formatters;

namespace CocoonP2P.Protocol;

/// <summary>The envelope: [kind, message].</summary>
internal sealed class PaymentMessageFormatter : IMessagePackFormatter<PaymentMessage>
{
    public void Serialize(ref MessagePackWriter writer, PaymentMessage value, MessagePackSerializerOptions options)
    {
        writer.WriteArrayHeader(2);
        switch (value)
        {
            case PayResume message: Write(ref writer, 1, message, options); break;
            case ChannelTermsMessage message: Write(ref writer, 2, message, options); break;
            case ChannelAgreed message: Write(ref writer, 3, message, options); break;
            case StateUpdate message: Write(ref writer, 4, message, options); break;
            case StateAck message: Write(ref writer, 5, message, options); break;
            case StateReject message: Write(ref writer, 6, message, options); break;
            case JobReceipt message: Write(ref writer, 7, message, options); break;
            case FinalOffer message: Write(ref writer, 8, message, options); break;
            case FinalAgreed message: Write(ref writer, 9, message, options); break;
            default: throw new NotSupportedException("a payment message without a kind");
        }
    }

    public PaymentMessage Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        options.Security.DepthStep(ref reader);
        Wire.Require(reader.ReadArrayHeader() == 2, "payment: kind and message");
        PaymentMessage message = reader.ReadByte() switch
        {
            1 => Read<PayResume>(ref reader, options),
            2 => Read<ChannelTermsMessage>(ref reader, options),
            3 => Read<ChannelAgreed>(ref reader, options),
            4 => Read<StateUpdate>(ref reader, options),
            5 => Read<StateAck>(ref reader, options),
            6 => Read<StateReject>(ref reader, options),
            7 => Read<JobReceipt>(ref reader, options),
            8 => Read<FinalOffer>(ref reader, options),
            9 => Read<FinalAgreed>(ref reader, options),
            _ => throw new MessagePackSerializationException("a payment message of no known kind"),
        };
        reader.Depth--;
        return message;
    }

    private static void Write<T>(ref MessagePackWriter writer, byte kind, T message, MessagePackSerializerOptions options)
    {
        writer.Write(kind);
        options.Resolver.GetFormatter<T>()!.Serialize(ref writer, message, options);
    }

    private static T Read<T>(ref MessagePackReader reader, MessagePackSerializerOptions options) =>
        options.Resolver.GetFormatter<T>()!.Deserialize(ref reader, options);
}
