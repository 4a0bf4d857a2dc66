using CocoonP2P.Ton;
using MessagePack;
using MessagePack.Formatters;

namespace CocoonP2P.Protocol;

/// <summary>A message as [channel, fields…], in fixed order, docs/protocol/payments.md, "Messages".</summary>
/// <param name="fields">How many fields follow the channel.</param>
internal abstract class PaymentFormatter<T>(int fields) : IMessagePackFormatter<T>
    where T : PaymentMessage
{
    public void Serialize(ref MessagePackWriter writer, T value, MessagePackSerializerOptions options)
    {
        writer.WriteArrayHeader(fields + 1);
        PaymentFields.Write(ref writer, value.Channel);
        WriteFields(ref writer, value);
    }

    public T Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        int later = PaymentFields.Open(ref reader, fields + 1, options);
        T message = ReadFields(ref reader, PaymentFields.ReadBits(ref reader), options);
        PaymentFields.Close(ref reader, later);
        return message;
    }

    protected abstract void WriteFields(ref MessagePackWriter writer, T value);

    protected abstract T ReadFields(ref MessagePackReader reader, Bits256 channel, MessagePackSerializerOptions options);
}
