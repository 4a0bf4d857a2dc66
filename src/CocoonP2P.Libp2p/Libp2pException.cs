namespace CocoonP2P.Libp2p;

/// <summary>What the caller should do about an error; the only thing to branch on.</summary>
public enum Consequence
{
    /// <summary>Nothing: it is reported, and over.</summary>
    None,

    /// <summary>Trying again at once can help.</summary>
    Retry,

    /// <summary>Our own or the remote's trouble of the moment: come back later.</summary>
    RetryLater,

    /// <summary>The stream is gone, the connection is not.</summary>
    ResetStream,

    /// <summary>The connection is gone.</summary>
    CloseConnection,

    /// <summary>The peer misbehaved, and its standing suffers.</summary>
    PenalisePeer,

    /// <summary>No honest peer does this.</summary>
    BanPeer,
}

/// <summary>An error of the network or of a remote peer.</summary>
/// <remarks>Branch on <see cref="Consequence"/>, assert on <see cref="Code"/>; the message is for people.</remarks>
public class Libp2pException : Exception
{
    /// <summary>Creates an error.</summary>
    public Libp2pException(string code, Consequence consequence, string message, Exception? inner = null)
        : base(message, inner) => (Code, Consequence) = (code, consequence);

    /// <summary>Stable, lower case with hyphens: <c>peer-mismatch</c>, <c>limit-exceeded</c>, <c>stream-reset</c>, …</summary>
    public string Code { get; }

    /// <summary>What to do.</summary>
    public Consequence Consequence { get; }

    internal static Libp2pException Violation(string code, string message) => new(code, Consequence.CloseConnection, message);

    internal static Libp2pException Truncated() => new("truncated", Consequence.CloseConnection, "the remote ended in the middle of a message");

    internal static Libp2pException StreamReset() => new("stream-reset", Consequence.ResetStream, "the stream was reset");

    internal static Libp2pException Closed(string reason) => new("closed", Consequence.RetryLater, $"the connection is closed: {reason}");

    internal static Libp2pException NoProtocol(IEnumerable<string> protocols) =>
        new("protocol-unsupported", Consequence.ResetStream, $"the remote speaks none of {string.Join(", ", protocols)}");

    internal static Libp2pException Timeout(string phase, TimeSpan limit) =>
        new("phase-timeout", Consequence.RetryLater, $"{phase} took longer than {limit.TotalSeconds:0.###} s");

    internal static Libp2pException Gated(string stage) => new("gated", Consequence.None, $"the gater refused: {stage}");
}

/// <summary>Another peer than the one dialled answered. No session was ever visible.</summary>
public sealed class PeerMismatchException(PeerId expected, PeerId actual)
    : Libp2pException("peer-mismatch", Consequence.RetryLater, $"dialled {expected}, but {actual} answered")
{
    /// <summary>Who was dialled.</summary>
    public PeerId Expected => expected;

    /// <summary>Who proved to be there.</summary>
    public PeerId Actual => actual;
}

/// <summary>A limit was reached; the message names the setting that moves it.</summary>
public sealed class LimitExceededException(string scope, long limit, long current, string setting)
    : Libp2pException("limit-exceeded", Consequence.RetryLater, $"{scope}: {current} of {limit} in use (Libp2pLimits.{setting})")
{
    /// <summary>What is limited.</summary>
    public string Scope => scope;

    /// <summary>The limit.</summary>
    public long Limit => limit;

    /// <summary>What was in use when it struck.</summary>
    public long Current => current;

    /// <summary>The property of <see cref="Libp2pLimits"/> that holds the limit.</summary>
    public string Setting => setting;
}

/// <summary>No address of a peer could be connected.</summary>
public sealed class DialException(IReadOnlyList<(Multiaddress Address, Exception Error)> outcomes)
    : Libp2pException("dial-failed", Consequence.RetryLater, Describe(outcomes), outcomes.Count > 0 ? outcomes[^1].Error : null)
{
    /// <summary>What happened at each address tried.</summary>
    public IReadOnlyList<(Multiaddress Address, Exception Error)> Outcomes => outcomes;

    private static string Describe(IReadOnlyList<(Multiaddress Address, Exception Error)> outcomes) =>
        outcomes.Count == 0 ? "no address is known" : string.Join("; ", outcomes.Select(o => $"{o.Address}: {o.Error.Message}"));
}
