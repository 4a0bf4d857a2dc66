using System.Security.Cryptography;
using CocoonP2P.Attestation;
using CocoonP2P.Attestation.Simulated;
using CocoonP2P.Jobs;
using CocoonP2P.Networks;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Receipts;
using CocoonP2P.Sessions;
using CocoonP2P.Tests.Sessions;
using CocoonP2P.Ton;
using Microsoft.Extensions.Time.Testing;
using ChannelTerms = CocoonP2P.Ton.Contracts.ChannelTerms;

namespace CocoonP2P.Tests.Receipts;

/// <summary>A worker, a client and one job between them, with a genuine receipt; everything but the TEE is real.</summary>
internal sealed class ReceiptScene
{
    public static readonly byte[] Network = Digest(1);

    private static readonly DateTimeOffset Now = new(2026, 11, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Model = Digest(2);
    private static readonly Address Payout = new(0, new Bits256(Digest(3)));
    private readonly KeyPair _worker = KeyPair.FromSeed(Digest(4));
    private readonly KeyPair _receipts = KeyPair.FromSeed(Digest(5));
    private readonly SimulatedTee _tee = new(Digest(6));
    private readonly SimulatedTd _td = new("cocoon-worker");

    /// <summary>The client's policy, at the time of the job.</summary>
    public IEvidenceAppraiser Appraiser
    {
        get
        {
            FakeTimeProvider then = new(Now);
            return Judges.Of(
                new NetworkTrust(new SimulatedPolicy("local", _tee.Root, [_td.ReferenceValue]), _tee.CreateCollateralSource(then)), new MemoryMonotonicStore(), then);
        }
    }

    public async Task<Receipt> MakeAsync(CancellationToken cancellationToken)
    {
        byte[] claims = Claims();
        byte[] binding = Binding(claims);
        TdxQuote evidence = await _tee.CreateProvider(_td).GetQuoteAsync(new ReportData(BindingTlv.ReportData(binding)), cancellationToken);
        SignedQuote price = Price();
        JobTermsFields terms = new(
            new byte[16], Digest(7), Model, 9, PolicyAppraiser.MeasurementOf(_td.MrTd, _td.Rtmrs), SHA256.HashData(binding), price.Hash.ToArray());
        Bits256 job = JobCommitments.JobHash(terms);
        Receipt unsigned = new()
        {
            NetworkId = Network,
            JobHash = job.ToArray(),
            JobId = 1,
            Terms = terms,
            Channel = new ChannelTerms(
                new Bits256(Digest(8)), _worker.PublicKey, -777, 7, 21_600, new Address(0, new Bits256(Digest(9))), Payout, Payout),
            Epoch = 3,
            QuoteBytes = QuoteSigningBytes.Of(price.Quote),
            QuoteSignature = price.Signature,
            Result = new JobResult(job, new Bits256(Digest(10)), 100, 101, new Usage(Prompt: 12, Completion: 120)),
            Total = new NanoTon(264_000),
            ReceiptSignature = default,
            TeeKind = TeeKinds.Simulated,
            Binding = binding,
            Quote = evidence.CanonicalBytes.ToArray(),
            Claims = claims,
            AppraisedAt = Now,
        };
        return unsigned with { ReceiptSignature = Signature.From(_receipts.Sign(unsigned.Hash.ToArray())) };
    }

    public static byte[] Digest(byte value) => [.. Enumerable.Repeat(value, 32)];

    private byte[] Claims() => (SessionParty.SampleClaims with
    {
        Models = [Model],
        PayoutAddress = Payout.ToRawString(),
        WorkerKey = _worker.PublicKey.ToArray(),
        ReceiptKey = _receipts.PublicKey.ToArray(),
    }).Encode();

    private static byte[] Binding(byte[] claims) => new BindingTlv
    {
        Suite = 1,
        AttesterRole = (byte)'R',
        Mode = SessionMode.ResponderAttests | SessionMode.ChannelBinding,
        NetworkId = Network,
        AttesterPeer = new byte[38],
        VerifierPeer = new byte[38],
        AttesterEphemeral = new byte[32],
        VerifierEphemeral = new byte[32],
        VerifierNonce = new byte[32],
        AttesterNonce = new byte[32],
        ChannelBinding = new byte[32],
        TranscriptHash = new byte[48],
        TeeKind = TeeKinds.Simulated,
        ClaimsHash = SHA384.HashData(claims),
        GpuHash = new byte[48],
        PolicyHash = new byte[32],
        IssuedAt = (ulong)Now.ToUnixTimeSeconds(),
        TimeToLive = 600,
    }.Encode();

    private SignedQuote Price() => SignedQuote.Sign(
        new Quote(
            -777, _worker.PublicKey, Payout, Payout, new Bits256(Model), new PriceList(Prompt: 2_000_000, Cached: 2_000_000, Completion: 2_000_000, Reasoning: 2_000_000),
            new NanoTon(1_000_000), 64, false, [21_600], new NanoTon(1), 1, 3_600, 1),
        _worker);
}
