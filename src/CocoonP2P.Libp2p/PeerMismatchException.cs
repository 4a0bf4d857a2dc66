namespace CocoonP2P.Libp2p;

/// <summary>Another peer than the one dialled answered. No session was ever visible.</summary>
public sealed class PeerMismatchException(PeerId expected, PeerId actual)
    : Libp2pException("peer-mismatch", Consequence.RetryLater, $"dialled {expected}, but {actual} answered")
{
    /// <summary>Who was dialled.</summary>
    public PeerId Expected => expected;

    /// <summary>Who proved to be there.</summary>
    public PeerId Actual => actual;
}
