namespace CocoonP2P.Payments;

/// <summary>Whose side of a channel a machine plays. Role is data: both sides run the same machine.</summary>
internal enum ChannelRole
{
    /// <summary>Pays; the one writer of states.</summary>
    Client,

    /// <summary>Is paid; countersigns.</summary>
    Worker,
}
