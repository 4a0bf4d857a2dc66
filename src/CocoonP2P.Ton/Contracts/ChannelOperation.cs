namespace CocoonP2P.Ton.Contracts;

/// <summary>What a party does with a channel on chain.</summary>
internal enum ChannelOperation
{
    /// <summary>Deploys and makes the first deposit.</summary>
    Open,

    /// <summary>Adds to the deposit.</summary>
    TopUp,

    /// <summary>Pays out what a state says.</summary>
    Settle,

    /// <summary>Ends by agreement.</summary>
    CoopClose,

    /// <summary>Ends alone: starts the countdown.</summary>
    StartClose,

    /// <summary>Answers with a newer state.</summary>
    Challenge,

    /// <summary>Claims a lock by receipt.</summary>
    ResolveLock,

    /// <summary>Takes the end of the countdown.</summary>
    Finish,
}
