namespace CocoonP2P.Ton.LocalChain;

/// <summary>Chain time: the given clock, pushed ahead by tests and stopped by faults.</summary>
/// <param name="Ahead">How far chain time is ahead of the clock.</param>
/// <param name="FrozenAt">The moment at which the chain stands; null while it moves.</param>
internal readonly record struct ChainClock(TimeSpan Ahead, DateTimeOffset? FrozenAt)
{
    public bool IsFrozen => FrozenAt is not null;

    public DateTimeOffset Now(TimeProvider time) => FrozenAt ?? time.GetUtcNow() + Ahead;

    /// <summary>Pushes chain time ahead, frozen or not.</summary>
    public ChainClock Advance(TimeSpan by) => new(Ahead + by, FrozenAt is { } at ? at + by : null);

    public ChainClock Freeze(TimeProvider time) => this with { FrozenAt = Now(time) };

    /// <summary>Moves on; what the chain missed is made up for at once, as after a real outage.</summary>
    public ChainClock Thaw() => this with { FrozenAt = null };
}
