using System.Diagnostics.CodeAnalysis;
using CocoonP2P.Jobs;
using CocoonP2P.Models;
using CocoonP2P.Protocol;

namespace CocoonP2P.Sessions;

/// <summary>What travels in the records of an open session: one byte of kind, then the message.</summary>
internal abstract record SessionMessage
{
    private const byte JobKind = 1;
    private const byte PaymentKind = 2;
    private const byte QuoteWantedKind = 3;
    private const byte QuoteKind = 4;
    private const byte TextWantedKind = 5;
    private const byte TextPartKind = 6;

    private SessionMessage()
    {
    }

    internal sealed record Job(JobMessage Message) : SessionMessage;

    internal sealed record Payment(PaymentMessage Message) : SessionMessage;

    /// <summary>Client: what does this model cost? 32 bytes of model id.</summary>
    internal sealed record QuoteWanted(byte[] Model) : SessionMessage;

    internal sealed record Quote(SignedQuote Signed) : SessionMessage;

    /// <summary>Client: a piece of a model's tokenizer, please.</summary>
    internal sealed record WantText(TextWanted Wanted) : SessionMessage;

    internal sealed record Text(TextPart Part) : SessionMessage;

    public byte[] Encode() => this switch
    {
        Job job => [JobKind, .. Wire.Encode(job.Message)],
        Payment payment => [PaymentKind, .. Wire.Encode(payment.Message)],
        QuoteWanted wanted => [QuoteWantedKind, .. wanted.Model],
        Quote quote => [QuoteKind, .. Wire.Encode(quote.Signed)],
        WantText text => [TextWantedKind, .. Wire.Encode(text.Wanted)],
        Text text => [TextPartKind, .. Wire.Encode(text.Part)],
        _ => throw new NotSupportedException("a message of no known kind"),
    };

    public static bool TryDecode(
        ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out SessionMessage? message, [NotNullWhen(false)] out PeerFault? fault)
    {
        (message, fault) = (null, null);
        ReadOnlyMemory<byte> body = bytes.IsEmpty ? bytes : bytes[1..];
        switch (bytes.IsEmpty ? (byte)0 : bytes.Span[0])
        {
            case JobKind when Wire.TryDecode(body, SessionLimits.RecordBytes, out JobMessage? job, out fault):
                message = new Job(job);
                return true;
            case PaymentKind when Wire.TryDecode(body, Limits.PaymentMessageBytes, out PaymentMessage? payment, out fault):
                message = new Payment(payment);
                return true;
            case QuoteWantedKind when body.Length == 32:
                message = new QuoteWanted(body.ToArray());
                return true;
            case QuoteKind when Wire.TryDecode(body, Limits.QuoteBytes, out SignedQuote? quote, out fault):
                message = new Quote(quote);
                return true;
            case TextWantedKind when Wire.TryDecode(body, Limits.TextMessageBytes, out TextWanted? wantedText, out fault):
                message = new WantText(wantedText);
                return true;
            case TextPartKind when Wire.TryDecode(body, Limits.TextMessageBytes, out TextPart? part, out fault):
                message = new Text(part);
                return true;
            default:
                fault ??= PeerFault.Malformed("a session message of unknown kind");
                return false;
        }
    }
}
