using CocoonP2P.Capacity;
using CocoonP2P.Inference;
using CocoonP2P.Jobs;
using CocoonP2P.Models;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Sessions;
using CocoonP2P.Tests.Capacity;
using CocoonP2P.Ton;
using ChannelTerms = CocoonP2P.Ton.Contracts.ChannelTerms;

namespace CocoonP2P.Tests.Protocol;

/// <summary>One fixed message of each kind, and how messages of its type are read.</summary>
internal static class WireSamples
{
    private static readonly Bits256 One = new(Digest(1));
    private static readonly Signature Signed = Signature.From([.. Digest(2), .. Digest(3)]);
    private static readonly Address Somewhere = new(0, One);
    private static readonly StateBody Body = new(7, new NanoTon(264_000), One, One);
    private static readonly FinalBody End = new(7, new NanoTon(264_000), 1_800_000_000, One);
    private static readonly ChannelTerms Terms = new(One, One, -777, 9, 21_600, Somewhere, Somewhere, Somewhere);
    private static readonly JobTermsFields JobTerms = new(new byte[16], Digest(1), Digest(2), 1_800_000_000, Digest(3), Digest(4), Digest(5));
    private static readonly JobSpec Spec = new(Digest(2), new[] { 1, 300, 70_000 }, 120, new SamplingParameters { Seed = 5, Temperature = 0.5f }, ["end"]);
    private static readonly JobResult Result = new(One, One, 1_800_000_000, 1_800_000_001, new Usage(Prompt: 12, Completion: 120));

    private static readonly Quote Price = new(
        -777, One, Somewhere, Somewhere, One, new PriceList(Prompt: 2, Cached: 1, Completion: 4, Reasoning: 4), new NanoTon(1_000_000), 64, false,
        [3_600, 21_600], new NanoTon(100), 1_800_000_000, 1_800_003_600, 11);

    /// <summary>Bytes by name; a name begins with the type that reads it.</summary>
    public static IReadOnlyDictionary<string, byte[]> All => new Dictionary<string, byte[]>
    {
        ["CapacityOffer"] = Wire.Encode(OfferSamples.Of(1)),
        ["SignedQuote"] = Wire.Encode(new SignedQuote(Price, Signed)),
        ["JobMessage.JobRequest"] = Job(new JobRequest(Digest(6), JobTerms, Spec, One)),
        ["JobMessage.JobChunk"] = Job(new JobChunk(Digest(6), 3, [1, 300, 70_000])),
        ["JobMessage.JobRequest.Resumed"] = Job(new JobRequest(Digest(6), JobTerms, Spec with
        {
            Resume = new[] { 9, 10 },
            TopLogprobs = 2,
            Grammar = new OutputGrammar(GrammarKind.JsonSchema, "{}"),
            Sampling = new SamplingParameters { Seed = 5, Choice = 3, Bias = [new LogitBias(300, -2.5f)] },
        }, One)),
        ["JobMessage.JobRequest.Embedding"] = Job(new JobRequest(Digest(6), JobTerms, Spec with { MaxTokens = 1, Stop = [], Inputs = [1, 2] }, One)),
        ["JobMessage.JobChunk.Logprobs"] = Job(new JobChunk(Digest(6), 3, [1, 300])
        {
            Logprobs = [new TokenLogprobs(-0.5f, [new TokenAlternative(1, -0.5f), new TokenAlternative(2, -3)]), new TokenLogprobs(-1, [])],
        }),
        ["JobMessage.JobVectors"] = Job(new JobVectors(Digest(6), 0, [1, -0.5f])),
        ["JobMessage.JobEnd"] = Job(new JobEnd(Digest(6), FinishReason.Length, 12, 0, 120)),
        ["JobMessage.JobCancel"] = Job(new JobCancel(Digest(6))),
        ["JobMessage.JobRefused"] = Job(new JobRefused(Digest(6), JobRefusalCode.Busy, TimeSpan.FromSeconds(2))),
        ["TextWanted"] = Wire.Encode(new TextWanted(Digest(2), TextFile.Tokenizer, 131_072)),
        ["TextPart"] = Wire.Encode(new TextPart(Digest(2), TextFile.Template, 2, 5, [1, 2, 3])),
        ["TextPart.Absent"] = Wire.Encode(new TextPart(Digest(2), TextFile.Manifest, 0, 0, [])),
        ["PaymentMessage.PayResume"] = Pay(new PayResume(One, 3, 8, 7, 2, new ResumeProof(Body, Signed, Signed))),
        ["PaymentMessage.ChannelTermsMessage"] = Pay(new ChannelTermsMessage(One, Terms)),
        ["PaymentMessage.ChannelAgreed"] = Pay(new ChannelAgreed(One, Signed)),
        ["PaymentMessage.StateUpdate"] = Pay(new StateUpdate(
            One, Body,
            [
                new ChannelChange.AddLock(1, new NanoTon(264_000), 1_800_000_000, One, One), new ChannelChange.Pay(1, new NanoTon(5)),
                new ChannelChange.CloseJob(1, One), new ChannelChange.DropLock(2), new ChannelChange.NewBatch(),
            ],
            Signed)),
        ["PaymentMessage.StateAck"] = Pay(new StateAck(One, 7, Signed)),
        ["PaymentMessage.StateReject"] = Pay(new StateReject(One, 7, PaymentCode.Deposit)),
        ["PaymentMessage.JobReceipt"] = Pay(new JobReceipt(One, 1, new NanoTon(264_000), Result, Signed)),
        ["PaymentMessage.FinalOffer"] = Pay(new FinalOffer(One, End, Signed)),
        ["PaymentMessage.FinalAgreed"] = Pay(new FinalAgreed(One, End, Signed)),
    };

    /// <summary>Reads bytes as the type that the name begins with: what they encode to again, or the fault's code.</summary>
    public static (byte[]? Again, string? Fault) Read(string name, byte[] bytes) => name.Split('.')[0] switch
    {
        "CapacityOffer" => Read<CapacityOffer>(bytes, Limits.OfferBytes),
        "SignedQuote" => Read<SignedQuote>(bytes, Limits.QuoteBytes),
        "JobMessage" => Read<JobMessage>(bytes, SessionLimits.RecordBytes),
        "TextWanted" => Read<TextWanted>(bytes, Limits.TextMessageBytes),
        "TextPart" => Read<TextPart>(bytes, Limits.TextMessageBytes),
        "PaymentMessage" => Read<PaymentMessage>(bytes, Limits.PaymentMessageBytes),
        string other => throw new ArgumentException(other),
    };

    private static (byte[]? Again, string? Fault) Read<T>(byte[] bytes, int limit)
        where T : class => Wire.TryDecode(bytes, limit, out T? message, out PeerFault? fault) ? (Wire.Encode(message), null) : (null, fault.Code);

    private static byte[] Job(JobMessage message) => Wire.Encode(message);

    private static byte[] Pay(PaymentMessage message) => Wire.Encode(message);

    private static byte[] Digest(byte value) => [.. Enumerable.Repeat(value, 32)];
}
