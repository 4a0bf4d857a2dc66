namespace CocoonP2P.Libp2p;

/// <summary>What a validator makes of a message.</summary>
public enum MessageVerdict
{
    /// <summary>Deliver it and pass it on.</summary>
    Accept,

    /// <summary>Neither; nobody is to blame.</summary>
    Ignore,

    /// <summary>Neither, and whoever brought it loses standing.</summary>
    Reject,
}
