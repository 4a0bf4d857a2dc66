using System.Security.Cryptography;
using CocoonP2P.Capacity;
using CocoonP2P.Inference;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Sessions;
using CocoonP2P.Ton;

namespace CocoonP2P.Jobs;

/// <summary>What client and worker agree on before a job, docs/protocol/job.md §1 and §3.</summary>
/// <param name="Quote">The price.</param>
/// <param name="Terms">What the job hash is the hash of.</param>
/// <param name="JobHash">32 bytes.</param>
/// <param name="Order">What to lock.</param>
internal sealed record JobAgreement(SignedQuote Quote, JobTermsFields Terms, byte[] JobHash, JobOrder Order)
{
    /// <summary>A worker's quote, where its evidence vouches for it.</summary>
    /// <exception cref="AttemptFailedException">It does not.</exception>
    public static SignedQuote Vouch(
        ClientSettings settings, AttestedSession session, SignedQuote? signed, ReadOnlyMemory<byte> model, DateTimeOffset now)
    {
        Quote quote = signed?.Quote ?? throw Refused("the worker no longer serves the model");
        RuntimeClaims claims = session.Evidence!.Claims;
        bool vouched = signed.IsGenuine() && quote.NetworkId == settings.GlobalId && quote.IsValidAt(now)
            && quote.Model == new Bits256(model.Span)
            && claims.WorkerKey.AsSpan().SequenceEqual(quote.WorkerKey.ToArray()) && claims.PayoutAddress == quote.Payout.ToRawString()
            && claims.Models.Any(m => m.AsSpan().SequenceEqual(model.Span));
        return vouched ? signed : throw Refused("the worker's quote is not what its evidence vouches for");
    }

    /// <summary>Makes the terms of a job at a quote that was vouched for.</summary>
    /// <exception cref="AttemptFailedException">The price has no bound.</exception>
    public static JobAgreement Make(ClientSettings settings, AttestedSession session, SignedQuote vouched, JobSpec spec, DateTimeOffset now)
    {
        byte[] nonce = new byte[16];
        settings.Random(nonce);
        JobTermsFields terms = new(
            nonce, JobCommitments.Request(session.Exporter, spec), spec.ModelId.ToArray(),
            (uint)(now + ClientSettings.JobTime).ToUnixTimeSeconds(), session.Verdict!.Measurement.ToArray(),
            SHA256.HashData(session.Evidence!.Binding), vouched.Hash.ToArray());
        Bits256 hash = JobCommitments.JobHash(terms);
        return JobOrders.TryMake(vouched.Quote, hash, JobBill.Limits(spec), new Bits256(session.Evidence.Claims.ReceiptKey), receiptLock: false, out JobOrder? order)
            ? new JobAgreement(vouched, terms, hash.ToArray(), order)
            : throw Refused("the worker's price has no bound");
    }

    /// <summary>What so many new tokens cost; the prompt is owed with the first, or before it where the quote asks for that.</summary>
    public NanoTon CostOf(JobSpec spec, int delivered, bool whole)
    {
        if (delivered == 0 && !whole)
        {
            return Order.Prepay;
        }

        Invariant.Holds(Quote.Quote.Prices.TryCost(JobBill.Used(spec, delivered), out NanoTon? cost), "a job within its cap has a cost");
        return NanoTon.Min(cost.Value, Order.Cap);
    }

    private static AttemptFailedException Refused(string why) => new(new AttemptFailure(
        NextTry.Elsewhere, FailureKind.Refused, new CocoonException(ErrorCode.NoWorker, why, "another worker may do better")));
}
