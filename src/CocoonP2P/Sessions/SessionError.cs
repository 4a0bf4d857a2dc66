using CocoonP2P.Protocol;

namespace CocoonP2P.Sessions;

/// <summary>Why a session did not open or had to end, docs/protocol/session.md §7. Stable: tests assert on it.</summary>
internal enum SessionError
{
    /// <summary>Not a message of the handshake.</summary>
    Malformed,

    /// <summary>Version, suite or mode that was not offered, or that this node does not have.</summary>
    Negotiation,

    /// <summary>The peer belongs to another network.</summary>
    ForeignNetwork,

    /// <summary>The peer that answers is not the one that was asked for, or not the one of the connection.</summary>
    PeerIdMismatch,

    /// <summary>An all-zero key agreement.</summary>
    WeakKey,

    /// <summary>A payload or record that the session's keys do not open.</summary>
    DecryptionFailed,

    /// <summary>A signature by the peer's identity key that does not hold.</summary>
    SignatureInvalid,

    /// <summary>A Finished value that does not hold.</summary>
    FinishedInvalid,

    /// <summary>The evidence's binding is not the one that this session demands.</summary>
    BindingMismatch,

    /// <summary>The evidence was made for another nonce: a replay.</summary>
    NonceMismatch,

    /// <summary>The evidence's TEE kind is not accepted here.</summary>
    TeeKindNotAccepted,

    /// <summary>Runtime claims that cannot be read.</summary>
    ClaimsMalformed,

    /// <summary>The quote or its appraisal was refused; the verdict says by which check.</summary>
    EvidenceRefused,

    /// <summary>The handshake or an answer took too long.</summary>
    Timeout,

    /// <summary>The stream ended without a close record.</summary>
    Truncated,

    /// <summary>The peer closed the session.</summary>
    Closed,
}

/// <summary>A refusal: what the peer did, and what this node does about it.</summary>
internal sealed record SessionFault(SessionError Error, string Detail)
{
    /// <summary>What happens to the peer.</summary>
    public Consequence Consequence => Error switch
    {
        SessionError.Timeout or SessionError.Truncated or SessionError.Closed => Consequence.RetryLater,
        SessionError.Malformed or SessionError.Negotiation or SessionError.ForeignNetwork => Consequence.Disconnect,
        SessionError.EvidenceRefused or SessionError.TeeKindNotAccepted => Consequence.Disconnect,
        _ => Consequence.Ban,
    };
}

/// <summary>Carries a <see cref="SessionFault"/> out of the asynchronous shell.</summary>
internal sealed class SessionException(SessionFault fault, Verdict? verdict = null)
    : Exception($"{fault.Error}: {fault.Detail}")
{
    /// <summary>What went wrong.</summary>
    public SessionFault Fault { get; } = fault;

    /// <summary>The verdict that refused the peer, where one was reached.</summary>
    public Verdict? Verdict { get; } = verdict;
}
