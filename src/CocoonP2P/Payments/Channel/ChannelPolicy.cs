using CocoonP2P.Protocol;

namespace CocoonP2P.Payments;

/// <summary>What this side allows itself and asks of the other, in its own interest.</summary>
internal sealed record ChannelPolicy
{
    /// <value>1 TON: a client never asks for more per job. Nanoton.</value>
    public NanoTon MaxPerJob { get; init; } = new(1_000_000_000);

    /// <value>50 TON: nor for more over all open jobs of the channel.</value>
    public NanoTon MaxLocked { get; init; } = new(50_000_000_000);

    /// <value>0.05 TON: a worker settles when this much is unsettled, or after <see cref="SettleAge"/>.</value>
    public NanoTon SettleThreshold { get; init; } = new(50_000_000);

    /// <value>24 hours.</value>
    public TimeSpan SettleAge { get; init; } = TimeSpan.FromHours(24);

    /// <value>10 minutes: longest a job may run; part of every lock's expiry.</value>
    public TimeSpan JobLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <value>0.002 TON: what a worker lets run ahead of its vouchers over all jobs, prompts included.</value>
    public NanoTon Credit { get; init; } = new(2_000_000);
}
