namespace CocoonP2P.Attestation;

/// <summary>
/// From the bytes of a quote to a verdict: parses, finds the root, gets and checks collateral, verifies, appraises. One
/// instance serves a policy; a new policy takes a new instance. Safe for concurrent use.
/// </summary>
/// <param name="policy">What to accept.</param>
/// <param name="source">Where collateral comes from.</param>
/// <param name="floors">The newest collateral accepted before.</param>
/// <param name="time">The clock to judge by.</param>
public sealed class EvidenceAppraiser(AppraisalPolicy policy, ICollateralSource source, IMonotonicStore floors, ITrustedTime time)
{
    private readonly QuoteVerifier verifier = new();
    private readonly CollateralShelf shelf = new(source, floors);

    /// <summary>The policy.</summary>
    public AppraisalPolicy Policy => policy;

    /// <summary>Judges evidence. What is wrong with it is in the result; nothing that a peer sends throws.</summary>
    /// <param name="quote">As received, at most 64 KiB.</param>
    /// <param name="expected">What the quote must have been made for.</param>
    /// <param name="eventLog">The event log, where the policy asks for one; empty if there is none.</param>
    /// <param name="cancellationToken">Gives up waiting for collateral.</param>
    /// <exception cref="InvalidOperationException"><paramref name="expected"/> was never set.</exception>
    public async ValueTask<AttestationResult> AppraiseAsync(
        ReadOnlyMemory<byte> quote, ReportData expected, ReadOnlyMemory<byte> eventLog, CancellationToken cancellationToken)
    {
        if (!time.TryGetNow(out DateTimeOffset now, out Reason reason)
            || !TdxQuote.TryParse(quote.Span, out TdxQuote? parsed, out reason)
            || !QuoteVerifier.TryFindRoot(parsed, policy.Roots, out RootOfTrust? root, out string? fmspc, out reason))
        {
            return AttestationResult.Refused(reason);
        }

        var request = new CollateralRequest(root, fmspc, policy.Collateral.Early);
        (VerifiedCollateral? collateral, reason) = await shelf.GetAsync(request, policy.Collateral, now, cancellationToken);
        return collateral is null
            ? AttestationResult.Refused(reason)
            : policy.Appraise(verifier.Verify(parsed, collateral, now), expected, eventLog);
    }
}
