using CocoonP2P.Protocol;

namespace CocoonP2P.Options;

/// <summary>[payment] of node.toml.</summary>
internal sealed record PaymentOptions
{
    private const ulong Ton = 1_000_000_000;

    /// <summary>What a worker asks for 1,000 tokens, of prompt and answer alike.</summary>
    /// <value>"0.002 TON"</value>
    public NanoTon PricePerThousandTokens { get; init; } = new(Ton / 500);

    /// <summary>A client never locks more than this for one job.</summary>
    /// <value>"1 TON"</value>
    public NanoTon MaxPerJob { get; init; } = new(Ton);

    /// <summary>Nor more than this for all jobs together.</summary>
    /// <value>"50 TON"</value>
    public NanoTon MaxLocked { get; init; } = new(50 * Ton);

    /// <summary>What a client puts into a new channel with a worker.</summary>
    /// <value>"2 TON": a thousand answers at the default price.</value>
    public NanoTon Deposit { get; init; } = new(2 * Ton);

    /// <summary>Whether a second worker is asked where the first is later with its first token than 95 in 100 have been. The first to
    /// deliver wins; the other is paid its prompt and one chunk at most.</summary>
    /// <value>false: speed for money, so the user decides.</value>
    public bool Hedge { get; init; }

    /// <summary>Where a worker's earnings go.</summary>
    /// <value>"": this node's own wallet; a cold address is better.</value>
    public string Payout { get; init; } = "";

    internal IEnumerable<OptionProblem> Problems()
    {
        if (MaxPerJob > Deposit)
        {
            yield return new(
                "payment.max_per_job", "one job may lock more than a channel's deposit holds", "raise payment.deposit, or lower payment.max_per_job");
        }
    }
}
