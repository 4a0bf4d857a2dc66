using CocoonP2P.Peers;

namespace CocoonP2P.Sessions;

/// <summary>Judges a peer's evidence by this node's own policy.</summary>
internal interface IEvidenceAppraiser
{
    /// <summary>Kinds that the policy can accept at all, see <see cref="TeeKinds"/>.</summary>
    ushort[] AcceptedTeeKinds { get; }

    /// <summary>SHA-256 of the expanded policy, 32 bytes.</summary>
    byte[] PolicyHash { get; }

    /// <summary>Verifies the quote and applies the policy; a refusal is a verdict, not an exception.</summary>
    ValueTask<Verdict> AppraiseAsync(PeerEvidence evidence, CancellationToken cancellationToken);
}

/// <summary>Makes this node's evidence.</summary>
internal interface IEvidenceSource
{
    /// <summary>See <see cref="TeeKinds"/>.</summary>
    ushort TeeKind { get; }

    /// <summary>Encoded <see cref="RuntimeClaims"/> as they stand now.</summary>
    byte[] Claims { get; }

    /// <summary>A quote over 64 bytes of report data.</summary>
    ValueTask<byte[]> QuoteAsync(byte[] reportData, CancellationToken cancellationToken);
}

/// <summary>The shell of the handshake: moves its messages over a stream, under one deadline.</summary>
internal static class SessionProtocol
{
    /// <summary>How long a worker's evidence asks to count.</summary>
    private static readonly TimeSpan EvidenceTime = TimeSpan.FromMinutes(10);

    /// <summary>Opens a session as initiator: no byte but the handshake's leaves before the verdict.</summary>
    /// <exception cref="SessionException">The peer was refused; carries the verdict where there was one.</exception>
    public static async Task<AttestedSession> OpenAsync(
        IPeerStream stream, HandshakeParameters own, IEvidenceAppraiser appraiser, TimeProvider time, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timer = new(SessionLimits.HandshakeTime, time);
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            using InitiatorHandshake handshake = new(own);
            await StreamFraming.WriteAsync(stream, handshake.Start(), deadline.Token);
            byte[] reply = await StreamFraming.ReadAsync(stream, SessionLimits.EvidenceBytes, deadline.Token);
            Require(handshake.ReadReply(reply, time.GetUtcNow(), out PeerEvidence? evidence));
            Verdict verdict = await appraiser.AppraiseAsync(evidence!, deadline.Token);
            RequireAccepted(verdict, evidence!);

            await StreamFraming.WriteAsync(stream, handshake.Confirm(), deadline.Token);
            byte[] last = await StreamFraming.ReadAsync(stream, SessionLimits.FinishedBytes, deadline.Token);
            Require(handshake.Finish(last, out SessionKeys? keys));
            return new AttestedSession(stream, keys!, initiator: true, own.RemotePeer, verdict, evidence, time);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SessionException(new SessionFault(SessionError.Timeout, $"no session within {SessionLimits.HandshakeTime.TotalSeconds} s"));
        }
    }

    /// <summary>Answers a handshake with this node's evidence.</summary>
    /// <exception cref="SessionException">The initiator broke the protocol or was silent.</exception>
    public static async Task<AttestedSession> AcceptAsync(
        IPeerStream stream, HandshakeParameters own, IEvidenceSource source, TimeProvider time, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timer = new(SessionLimits.HandshakeTime, time);
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            using ResponderHandshake handshake = new(own);
            byte[] hello = await StreamFraming.ReadAsync(stream, SessionLimits.HelloBytes, deadline.Token);
            Require(handshake.ReadHello(hello, source.TeeKind, source.Claims, time.GetUtcNow(), EvidenceTime, out byte[]? reportData));
            byte[] quote = await source.QuoteAsync(reportData!, deadline.Token);
            await StreamFraming.WriteAsync(stream, handshake.Reply(source.TeeKind, quote, []), deadline.Token);
            byte[] confirmation = await StreamFraming.ReadAsync(stream, SessionLimits.EvidenceBytes, deadline.Token);
            Require(handshake.Finish(confirmation, out byte[]? last, out SessionKeys? keys));
            await StreamFraming.WriteAsync(stream, last!, deadline.Token);
            return new AttestedSession(stream, keys!, initiator: false, own.RemotePeer, verdict: null, evidence: null, time);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SessionException(new SessionFault(SessionError.Timeout, "the initiator was silent"));
        }
    }

    private static void Require(SessionFault? fault)
    {
        if (fault is not null)
        {
            throw new SessionException(fault);
        }
    }

    private static void RequireAccepted(Verdict verdict, PeerEvidence evidence)
    {
        // The root that the quote's chain ends in decides what it is; what the peer says of itself must agree.
        if (verdict.Simulated != (evidence.TeeKind == TeeKinds.Simulated))
        {
            throw new SessionException(new SessionFault(SessionError.BindingMismatch, "TEE kind and root of trust differ"), verdict);
        }

        if (!verdict.Accepted)
        {
            throw new SessionException(new SessionFault(SessionError.EvidenceRefused, string.Join(", ", verdict.Reasons)), verdict);
        }
    }
}
