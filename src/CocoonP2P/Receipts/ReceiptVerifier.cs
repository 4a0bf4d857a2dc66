using System.Security.Cryptography;
using CocoonP2P.Jobs;
using CocoonP2P.Payments;
using CocoonP2P.Sessions;
using CocoonP2P.Ton;

namespace CocoonP2P.Receipts;

/// <summary>How far one statement of a receipt is proven.</summary>
internal enum FactorOutcome
{
    /// <summary>It follows from signatures that were checked here.</summary>
    Proven,

    /// <summary>This file cannot prove it; nothing speaks against it.</summary>
    NotProven,

    /// <summary>It is contradicted.</summary>
    Failed,
}

/// <summary>One statement, and what became of it.</summary>
/// <param name="Name">Stable, such as "receipt-signature".</param>
/// <param name="Outcome">Proven, not proven or failed.</param>
/// <param name="Detail">For a person.</param>
internal sealed record ReceiptFactor(string Name, FactorOutcome Outcome, string Detail);

/// <summary>Checks a receipt without a network: signatures, evidence, model, job; docs/protocol/receipt.md.</summary>
internal static class ReceiptVerifier
{
    /// <param name="receipt">As read.</param>
    /// <param name="networkId">Of the network whose policy is applied, 32 bytes.</param>
    /// <param name="appraiser">That policy, with a clock that stands at the time of the appraisal.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<ReceiptFactor>> VerifyAsync(
        Receipt receipt, byte[] networkId, IEvidenceAppraiser appraiser, CancellationToken cancellationToken)
    {
        if (!RuntimeClaims.TryDecode(receipt.Claims, out RuntimeClaims? claims) || claims is null)
        {
            return [new ReceiptFactor("claims", FactorOutcome.Failed, "the runtime claims cannot be read")];
        }

        PeerEvidence evidence = new(
            receipt.TeeKind, receipt.Quote, [], BindingTlv.ReportData(receipt.Binding), receipt.Binding, claims, receipt.AppraisedAt,
            receipt.AppraisedAt, TimeSpan.FromMinutes(10));
        Verdict verdict = await appraiser.AppraiseAsync(evidence, cancellationToken);
        bool kindAgrees = verdict.Simulated == (receipt.TeeKind == TeeKinds.Simulated);
        return
        [
            Factor("network", receipt.NetworkId.AsSpan().SequenceEqual(networkId), "the receipt is of this network"),
            Factor("evidence", verdict.Accepted && kindAgrees, verdict.Accepted
                ? (verdict.Simulated ? "SIMULATED: protects nothing; " : "") + verdict
                : "refused: " + string.Join(", ", verdict.Reasons)),
            Factor("binding", Binds(receipt), "the evidence binds the claims, and the job names the evidence"),
            Factor("measurement", receipt.Terms.Measurement.AsSpan().SequenceEqual(verdict.Measurement.Span), "the job names the software that was measured"),
            Factor("model", claims.Models.Any(m => m.AsSpan().SequenceEqual(receipt.Terms.Model)), Convert.ToHexStringLower(receipt.Terms.Model)),
            Factor("job-commitment", Commits(receipt), Convert.ToHexStringLower(receipt.JobHash)),
            Factor("price", PriceHolds(receipt, claims), "the job names a quote signed by the worker's attested key"),
            Factor("channel", receipt.Channel.WorkerKey.ToArray().AsSpan().SequenceEqual(claims.WorkerKey)
                && receipt.Channel.Payout.ToRawString() == claims.PayoutAddress, "it pays the attested worker"),
            Factor("receipt-signature", SignatureCheck.Holds(new Bits256(claims.ReceiptKey), receipt.Hash, receipt.ReceiptSignature),
                "signed by the attested receipt key"),
            new("freshness", FactorOutcome.NotProven, "only the client knows that the nonce was its own"),
            new("answer", FactorOutcome.NotProven, "the file holds a keyed hash of the answer, not the answer"),
            new("settlement", FactorOutcome.NotProven, "the chain shows it; this check is offline"),
            new("gpu", FactorOutcome.NotProven, "the evidence covers no GPU"),
        ];
    }

    private static bool Commits(Receipt receipt) =>
        JobCommitments.JobHash(receipt.Terms) == new Bits256(receipt.JobHash) && receipt.Result.JobHash == new Bits256(receipt.JobHash);

    private static bool Binds(Receipt receipt) =>
        SHA256.HashData(receipt.Binding).AsSpan().SequenceEqual(receipt.Terms.Evidence)
        && BindingTlv.ClaimsHashOf(receipt.Binding).SequenceEqual(SHA384.HashData(receipt.Claims));

    private static bool PriceHolds(Receipt receipt, RuntimeClaims claims) =>
        SHA256.HashData(receipt.QuoteBytes).AsSpan().SequenceEqual(receipt.Terms.Quote)
        && SignatureCheck.Holds(new Bits256(claims.WorkerKey), receipt.QuoteBytes, receipt.QuoteSignature);

    private static ReceiptFactor Factor(string name, bool holds, string detail) =>
        new(name, holds ? FactorOutcome.Proven : FactorOutcome.Failed, detail);
}
