namespace CocoonP2P.Sessions;

/// <summary>Signs with the node's identity key, Ed25519, 64 bytes.</summary>
internal delegate byte[] IdentitySigner(ReadOnlySpan<byte> message);

/// <summary>Fills a span with secure random bytes; a seed in tests.</summary>
internal delegate void RandomSource(Span<byte> destination);

/// <summary>What both roles bring to a handshake.</summary>
internal sealed record HandshakeParameters
{
    /// <summary>This node's peer id, 38 bytes.</summary>
    public required byte[] PeerId { get; init; }

    public required IdentitySigner Sign { get; init; }

    /// <summary>Peer id at the other end of the connection, 38 bytes; an initiator expects it.</summary>
    public required byte[] RemotePeer { get; init; }

    /// <summary>SHA-256 identity of the network, 32 bytes.</summary>
    public required byte[] NetworkId { get; init; }

    /// <summary>The Noise handshake hash of the connection, 32 bytes.</summary>
    public required byte[] ChannelBinding { get; init; }

    /// <summary>Which evidence this node accepts, see <see cref="TeeKinds"/>.</summary>
    public required ushort[] AcceptedTeeKinds { get; init; }

    /// <summary>Hash of this node's appraisal policy, 32 bytes; zeros for a node that does not appraise.</summary>
    public required byte[] PolicyHash { get; init; }

    public required RandomSource Random { get; init; }
}

/// <summary>A peer's evidence, bound to this handshake and ready to be appraised.</summary>
/// <param name="TeeKind">What the peer says it is; the verdict must agree.</param>
/// <param name="Quote">The quote, unverified.</param>
/// <param name="EventLog">May be empty.</param>
/// <param name="ReportData">The 64 bytes that the quote must carry.</param>
/// <param name="Binding">The encoded binding behind them; a receipt keeps it.</param>
/// <param name="Claims">What the quote vouches for beside the session's keys.</param>
/// <param name="AppraisedAt">By this node's clock, when it was received.</param>
/// <param name="IssuedAt">By the peer's clock; informative.</param>
/// <param name="TimeToLive">As the peer wishes; the policy may be shorter.</param>
internal sealed record PeerEvidence(
    ushort TeeKind,
    byte[] Quote,
    byte[] EventLog,
    byte[] ReportData,
    byte[] Binding,
    RuntimeClaims Claims,
    DateTimeOffset AppraisedAt,
    DateTimeOffset IssuedAt,
    TimeSpan TimeToLive);
