namespace CocoonP2P.Payments;

/// <summary>The protocol's times (docs/protocol/payments.md, "Times"). Chain time, but for the waits on a peer.</summary>
internal static class PaymentTimes
{
    /// <summary>A client whose state is not acknowledged for this long stops paying and cancels.</summary>
    public static readonly TimeSpan AckWait = TimeSpan.FromSeconds(10);

    /// <summary>How long an offer to end waits for consent before this side closes alone.</summary>
    public static readonly TimeSpan FinalWait = TimeSpan.FromSeconds(60);

    /// <summary>How long a signed end is good for.</summary>
    public static readonly TimeSpan FinalValidity = TimeSpan.FromSeconds(600);

    /// <summary>No money is put at stake on a view of the chain that is older.</summary>
    public static readonly TimeSpan StaleView = TimeSpan.FromMinutes(10);

    /// <summary>Before a message to the contract that showed no effect is sent again.</summary>
    public static readonly TimeSpan Resubmit = TimeSpan.FromSeconds(30);

    /// <summary>Added by the client to what the worker asks of an expiry: both clocks may be off by two minutes.</summary>
    public const uint ExpiryMargin = 2 * Turn.ClockSlack;

    /// <summary>The furthest expiry that a worker accepts, seven days.</summary>
    public const uint LongestLock = 7 * 24 * 3600;

    /// <summary>The nearest expiry that a worker accepts, from now: the job, one and a half challenge periods of which
    /// half a period is slack, ten minutes.</summary>
    public static uint ShortestLock(ChannelSettings channel) =>
        (uint)channel.Policy.JobLimit.TotalSeconds + (channel.Terms.ChallengePeriod * 3 / 2) + 600;
}
