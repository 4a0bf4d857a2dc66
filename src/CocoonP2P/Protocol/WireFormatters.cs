using CocoonP2P.Capacity;
using CocoonP2P.Jobs;
using CocoonP2P.Models;
using MessagePack;
using MessagePack.Formatters;

namespace CocoonP2P.Protocol;

/// <summary>Every wire type and its formatter, by hand: a type that is not here cannot be sent.</summary>
internal sealed class WireFormatters : IFormatterResolver
{
    public static readonly WireFormatters Instance = new();

    private static readonly Dictionary<Type, IMessagePackFormatter> All = new()
    {
        [typeof(CapacityOffer)] = new CapacityOfferFormatter(),
        [typeof(PaymentMessage)] = new PaymentMessageFormatter(),
        [typeof(SignedQuote)] = new SignedQuoteFormatter(),
        [typeof(PayResume)] = new ResumeFormatter(),
        [typeof(ChannelTermsMessage)] = new TermsFormatter(),
        [typeof(ChannelAgreed)] = new AgreedFormatter(),
        [typeof(StateUpdate)] = new UpdateFormatter(),
        [typeof(StateAck)] = new AckFormatter(),
        [typeof(StateReject)] = new RejectFormatter(),
        [typeof(JobReceipt)] = new JobReceiptFormatter(),
        [typeof(FinalOffer)] = new FinalOfferFormatter(),
        [typeof(FinalAgreed)] = new FinalAgreedFormatter(),
        [typeof(JobMessage)] = new JobMessageFormatter(),
        [typeof(TextWanted)] = new TextWantedFormatter(),
        [typeof(TextPart)] = new TextPartFormatter(),
    };

    public IMessagePackFormatter<T>? GetFormatter<T>() => Cache<T>.Formatter;

    private static class Cache<T>
    {
        public static readonly IMessagePackFormatter<T>? Formatter = All.GetValueOrDefault(typeof(T)) as IMessagePackFormatter<T>;
    }
}
