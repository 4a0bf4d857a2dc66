using CocoonP2P.Protocol;

namespace CocoonP2P.Capacity;

/// <summary>What a client's payment options mean for its choice.</summary>
/// <param name="MaxPerJob">Most that one job may lock anywhere.</param>
/// <param name="Deposit">What a channel is opened with.</param>
internal sealed record MarketSettings(NanoTon MaxPerJob, NanoTon Deposit)
{
    /// <summary>A stranger may lock an eighth of <see cref="MaxPerJob"/>: three receipts, each doubling it, make it whole.</summary>
    private const int StrangersShare = 8;

    /// <summary>0.1 TON, fifty thousand tokens at the default price: below this, caution would only keep small jobs from new workers.</summary>
    private static readonly NanoTon Small = new(100_000_000);

    /// <summary>0.05 TON: a channel's opening and its end, what does not come back.</summary>
    private const double ChannelFees = 50_000_000;

    /// <summary>Jobs over which a channel's fees are spread at most: payment.deposit's thousand answers.</summary>
    private const double JobsPerChannel = 1_000;

    /// <summary>Most that one job may lock at a worker with so many signed receipts.</summary>
    public NanoTon Exposure(uint receipts)
    {
        UInt128 first = Math.Max(MaxPerJob.Value / StrangersShare, Small.Value);
        return new NanoTon((ulong)UInt128.Min(first << (int)Math.Min(receipts, 32), MaxPerJob.Value));
    }

    /// <summary>A job's part of the fees of its channel, nanoton: one that uses up a larger part of the deposit bears more.</summary>
    public double FeesOf(double cost) => ChannelFees / Math.Clamp(Deposit.Value / Math.Max(cost, 1), 1, JobsPerChannel);
}
