namespace CocoonP2P.Payments;

/// <summary>Where a channel stands (docs/protocol/payments.md, "Life of a channel").</summary>
internal enum ChannelPhase
{
    /// <summary>Terms are being agreed; no coin has moved.</summary>
    Proposed,

    /// <summary>The client's deposit is on its way.</summary>
    Funding,

    /// <summary>Jobs run.</summary>
    Open,

    /// <summary>No new jobs; running ones end, then both sign the final split.</summary>
    Draining,

    /// <summary>A close by one side runs on chain; the newest state is shown at once.</summary>
    Closing,

    /// <summary>The ending message was sent; the account is about to vanish.</summary>
    Finishing,

    /// <summary>The account is gone and its coins are paid out.</summary>
    Closed,

    /// <summary>This database is older than what was signed with it: nothing new is signed but an end.</summary>
    Restored,

    /// <summary>The peer, or the chain, broke a rule: nothing new is signed; the channel is closed from this side.</summary>
    Faulted,
}
