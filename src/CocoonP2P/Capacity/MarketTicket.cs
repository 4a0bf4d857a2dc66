namespace CocoonP2P.Capacity;

/// <summary>One job at the worker that was chosen for it. Tell what happens; without a word about its end the job was abandoned.</summary>
internal sealed class MarketTicket(MarketKeeper keeper, Flight flight) : IDisposable
{
    /// <summary>The request goes out now: what came before, such as opening a channel, is not the worker's slowness.</summary>
    public void Sent() => keeper.Learn((_, now) => flight.Sent(now));

    /// <summary>Tokens came.</summary>
    public void Received(int tokens) => keeper.Learn((market, now) => market.Received(flight, tokens, now));

    /// <summary>The answer is whole and its count is right.</summary>
    public void Finished() => keeper.Learn((market, now) => market.Finished(flight, now));

    /// <summary>It failed, by the worker's fault.</summary>
    public void Failed(FailureKind kind) => Failed(kind, TimeSpan.Zero);

    /// <summary>No slot was free; the worker says when one will be.</summary>
    public void Busy(TimeSpan retryAfter) => Failed(FailureKind.Busy, retryAfter);

    /// <summary>Nobody's fault, where nothing else was told: a hedge that lost, a user who left.</summary>
    public void Dispose() => keeper.Learn((market, now) => market.Abandoned(flight, now));

    private void Failed(FailureKind kind, TimeSpan retryAfter) => keeper.Learn((market, now) => market.Failed(flight, kind, retryAfter, now));
}
