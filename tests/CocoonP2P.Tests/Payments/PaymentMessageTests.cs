using System.Collections.Immutable;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Ton;
using ChannelTerms = CocoonP2P.Ton.Contracts.ChannelTerms;
using CsCheck;

namespace CocoonP2P.Tests.Payments;

public sealed class PaymentMessageTests
{
    private static readonly Gen<Bits256> Bits = Gen.Byte.Array[32].Select(bytes => new Bits256(bytes));
    private static readonly Gen<Signature> Signatures = Gen.Byte.Array[64].Select(bytes => Signature.From(bytes));
    private static readonly Gen<NanoTon> Amounts = Gen.ULong[0, PriceList.AmountLimit - 1].Select(value => new NanoTon(value));

    private static readonly Gen<StateBody> Bodies =
        Gen.Select(Gen.ULong, Amounts, Bits, Bits, (seq, sum, locks, jobs) => new StateBody(seq, sum, locks, jobs));

    private static readonly Gen<FinalBody> Finals =
        Gen.Select(Gen.ULong, Amounts, Gen.UInt, Bits, (seq, sum, until, jobs) => new FinalBody(seq, sum, until, jobs));

    private static readonly Gen<ChannelChange> Changes = Gen.OneOf<ChannelChange>(
        Gen.Select(Gen.ULong, Amounts, Gen.UInt, Bits, Bits, (job, cap, expiry, key, hash) =>
            (ChannelChange)new ChannelChange.AddLock(job, cap, expiry, key, hash)),
        Gen.Select(Gen.ULong, Amounts, (job, amount) => (ChannelChange)new ChannelChange.Pay(job, amount)),
        Gen.Select(Gen.ULong, Bits, (job, hash) => (ChannelChange)new ChannelChange.CloseJob(job, hash)),
        Gen.ULong.Select(job => (ChannelChange)new ChannelChange.DropLock(job)),
        Gen.Const((ChannelChange)new ChannelChange.NewBatch()));

    private static readonly Gen<JobResult> Results =
        Gen.Select(Bits, Bits, Gen.UInt, Gen.UInt[0, 9], Gen.UInt[0, 9], Gen.ULong, (hash, output, at, prompt, completion, bytes) =>
            new JobResult(hash, output, at, at, new Usage(prompt, prompt / 2, completion, completion / 2, bytes, bytes, bytes)));

    private static readonly Gen<PaymentMessage> Messages = Gen.OneOf<PaymentMessage>(
        Gen.Select(Bits, Gen.ULong, Gen.ULong, Bodies, Signatures, Gen.Bool, (channel, epoch, seq, body, signature, proof) =>
            (PaymentMessage)new PayResume(channel, epoch, seq, seq, epoch, proof ? new ResumeProof(body, signature, signature) : null)),
        Gen.Select(Bits, Bits, Gen.Int, Gen.ULong, Gen.UInt, (channel, key, network, salt, period) =>
            (PaymentMessage)new ChannelTermsMessage(channel, new ChannelTerms(
                key, channel, network, salt, period, new Address(0, key), new Address(0, channel), new Address(0, key)))),
        Gen.Select(Bits, Signatures, (channel, signature) => (PaymentMessage)new ChannelAgreed(channel, signature)),
        Gen.Select(Bits, Bodies, Changes.Array[0, 64], Signatures, (channel, body, changes, signature) =>
            (PaymentMessage)new StateUpdate(channel, body, [.. changes], signature)),
        Gen.Select(Bits, Gen.ULong, Signatures, (channel, seq, signature) => (PaymentMessage)new StateAck(channel, seq, signature)),
        Gen.Select(Bits, Gen.ULong, (channel, seq) => (PaymentMessage)new StateReject(channel, seq, PaymentCode.Deposit)),
        Gen.Select(Bits, Gen.ULong, Amounts, Results, Signatures, (channel, job, total, result, signature) =>
            (PaymentMessage)new JobReceipt(channel, job, total, result, signature)),
        Gen.Select(Bits, Finals, Signatures, (channel, body, signature) => (PaymentMessage)new FinalOffer(channel, body, signature)),
        Gen.Select(Bits, Finals, Signatures, (channel, body, signature) => (PaymentMessage)new FinalAgreed(channel, body, signature)));

    [Fact]
    public void A_message_comes_back_as_it_was_sent_and_fits_the_limit() => Messages.Sample(message =>
    {
        byte[] bytes = Wire.Encode(message);
        Assert.True(Wire.TryDecode(bytes, Limits.PaymentMessageBytes, out PaymentMessage? back, out _));
        Assert.Equal(bytes, Wire.Encode(back));
        Assert.Equal(Flat(message), Flat(back));
    });

    [Fact]
    public void A_damaged_message_is_a_fault_and_never_an_exception() =>
        Gen.Select(Messages, Gen.Int[0, 1 << 20], Gen.Byte, Gen.Int[0, 64]).Sample((message, at, value, cut) =>
        {
            byte[] bytes = Wire.Encode(message);
            bytes[at % bytes.Length] = value;
            Read(bytes);
            Read(bytes[..Math.Max(0, bytes.Length - cut)]);
        });

    [Fact]
    public void Random_bytes_are_a_fault_and_never_an_exception() => Gen.Byte.Array[0, 600].Sample(Read);

    [Fact]
    public void An_amount_of_two_to_the_63_is_refused()
    {
        byte[] bytes = Wire.Encode<PaymentMessage>(new StateUpdate(
            default, new StateBody(1, new NanoTon(PriceList.AmountLimit), default, default), [], default));
        Assert.False(Wire.TryDecode(bytes, Limits.PaymentMessageBytes, out PaymentMessage? _, out PeerFault? fault));
        Assert.Equal("malformed", fault.Code);
    }

    [Fact]
    public void Sixty_five_changes_are_refused()
    {
        byte[] bytes = Wire.Encode<PaymentMessage>(new StateUpdate(
            default, StateBody.Initial, [.. Enumerable.Repeat<ChannelChange>(new ChannelChange.NewBatch(), 65)], default));
        Assert.False(Wire.TryDecode(bytes, Limits.PaymentMessageBytes, out PaymentMessage? _, out PeerFault? _));
    }

    private static void Read(byte[] bytes)
    {
        if (Wire.TryDecode(bytes, Limits.PaymentMessageBytes, out PaymentMessage? message, out PeerFault? _))
        {
            byte[] again = Wire.Encode(message);
            Assert.True(Wire.TryDecode(again, Limits.PaymentMessageBytes, out PaymentMessage? back, out _));
            Assert.Equal(again, Wire.Encode(back));
        }
    }

    private static (PaymentMessage Message, string Changes) Flat(PaymentMessage message) => message is StateUpdate update
        ? (update with { Changes = ImmutableArray<ChannelChange>.Empty }, string.Join(';', update.Changes))
        : (message, string.Empty);
}
