namespace CocoonP2P.Libp2p;

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
