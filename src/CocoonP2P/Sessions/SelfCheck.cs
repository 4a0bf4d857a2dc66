namespace CocoonP2P.Sessions;

/// <summary>
/// A handshake with oneself, without a network: whether this node's evidence would pass this node's policy. A worker learns
/// at its start, not from lost jobs, that nobody like it would accept it; and the first real session finds warm code.
/// </summary>
internal static class SelfCheck
{
    /// <returns>The verdict on this node's own evidence.</returns>
    /// <exception cref="SessionException">The handshake itself failed: a bug, or a platform that quotes something else.</exception>
    public static async Task<Verdict> RunAsync(
        HandshakeParameters initiator, HandshakeParameters responder, IEvidenceSource source, IEvidenceAppraiser appraiser, TimeProvider time,
        CancellationToken cancellationToken)
    {
        using InitiatorHandshake asks = new(initiator);
        using ResponderHandshake answers = new(responder);
        Require(answers.ReadHello(asks.Start(), source.TeeKind, source.Claims, time.GetUtcNow(), TimeSpan.FromMinutes(1), out byte[]? reportData));
        byte[] quote = await source.QuoteAsync(reportData!, cancellationToken);
        Require(asks.ReadReply(answers.Reply(source.TeeKind, quote, []), time.GetUtcNow(), out PeerEvidence? evidence));
        Verdict verdict = await appraiser.AppraiseAsync(evidence!, cancellationToken);
        Require(answers.Finish(asks.Confirm(), out byte[]? last, out SessionKeys? theirs));
        Require(asks.Finish(last!, out SessionKeys? ours));
        using RecordCipher send = new(ours!.ToResponder);
        using RecordCipher receive = new(theirs!.ToResponder);
        byte[]? opened = receive.Open(send.Seal("self-check"u8).AsSpan(4));
        Invariant.Holds(opened is not null, "both ends of a handshake have the same keys");
        return verdict;
    }

    private static void Require(SessionFault? fault)
    {
        if (fault is not null)
        {
            throw new SessionException(fault);
        }
    }
}
