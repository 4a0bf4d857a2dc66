using CocoonP2P.Libp2p;

namespace CocoonP2P.Capacity;

/// <summary>What the market learns from each job and session.</summary>
internal static class Outcomes
{
    /// <summary>Tokens after which the time of one says more than the noise of the first.</summary>
    private const int EnoughTokens = 4;

    /// <summary>Refusing for want of a slot that was offered is a small breach: four make a failure.</summary>
    private const double BrokenPromise = 0.25;

    /// <summary>A session opened.</summary>
    /// <param name="market">Where it is learnt.</param>
    /// <param name="worker">With whom.</param>
    /// <param name="opening">What the handshake took.</param>
    /// <param name="upToDate">Whether its platform is, by the verdict.</param>
    /// <param name="now">The time.</param>
    public static void Opened(this Market market, PeerId worker, TimeSpan opening, bool upToDate, DateTimeOffset now)
    {
        WorkerRecord record = market.Memory.Use(worker, now);
        record.Opening.Add(Math.Max(0, opening.TotalSeconds), now);
        record.UpToDate = upToDate;
    }

    /// <summary>The request went out.</summary>
    public static void Sent(this Flight flight, DateTimeOffset now) => flight.Sent = now;

    /// <summary>Tokens came.</summary>
    public static void Received(this Market market, Flight flight, int tokens, DateTimeOffset now)
    {
        bool first = flight.FirstToken is null;
        flight.Received(tokens, now);
        if (first && !flight.IsOver)
        {
            market.Memory.Use(flight.Model).FirstTokens.Add(now - (flight.Sent ?? flight.Started));
        }
    }

    /// <summary>The answer is whole and its count is right.</summary>
    public static void Finished(this Market market, Flight flight, DateTimeOffset now)
    {
        if (Land(market, flight, now) is not { } landed)
        {
            return;
        }

        (WorkerRecord worker, ModelRecord record) = landed;
        record.Finished = Math.Min(record.Finished, int.MaxValue - 1) + 1;
        record.LastFinished = now;
        record.Successes.Add(1, now);

        // A worker that works again is believed soon: each answer halves what its failures weigh.
        record.Failures.Set(record.Failures.Read(now) / 2, now);
        record.Backoff.Succeed();
        worker.Backoff.Succeed();
        record.Slots.Served();
        DateTimeOffset first = flight.FirstToken ?? now;
        record.FirstToken.Add(Seconds(first - (flight.Sent ?? flight.Started)), now);
        if (flight.Tokens >= EnoughTokens)
        {
            record.TokenTime.Add(Seconds(flight.Last - first) / (flight.Tokens - 1), now);
            record.Gap.Add(Seconds(flight.LongestGap), now);
        }

        market.Memory.Use(flight.Model).Answer.Add(flight.Tokens, now);
    }

    /// <summary>A receipt of the worker's enclave arrived and holds.</summary>
    public static void Receipted(this Market market, PeerId worker, DateTimeOffset now)
    {
        WorkerRecord record = market.Memory.Use(worker, now);
        record.Receipts = Math.Min(record.Receipts, uint.MaxValue - 1) + 1;
    }

    /// <summary>The job failed, and not for a reason of this node's own.</summary>
    /// <param name="market">Where it is learnt.</param>
    /// <param name="flight">The job.</param>
    /// <param name="kind">How.</param>
    /// <param name="retryAfter">The worker's own estimate with <see cref="FailureKind.Busy"/>.</param>
    /// <param name="now">The time.</param>
    public static void Failed(this Market market, Flight flight, FailureKind kind, TimeSpan retryAfter, DateTimeOffset now)
    {
        if (Land(market, flight, now) is not { } landed)
        {
            return;
        }

        (WorkerRecord worker, ModelRecord record) = landed;
        switch (kind)
        {
            case FailureKind.Busy:
                record.Slots.Refused(record.Flights.Count, retryAfter, now);
                record.Failures.Add(BrokenPromise, now);
                return;
            case FailureKind.Garbage or FailureKind.OverCounted:
                worker.Receipts = 0;
                worker.Backoff.Fail(kind, now);
                break;
            case FailureKind.EvidenceRefused or FailureKind.Unreachable:
                worker.Backoff.Fail(kind, now);
                break;
            default:
                record.Backoff.Fail(kind, now);
                break;
        }

        record.Failures.Add(1, now);
    }

    /// <summary>Nobody's fault: another worker was faster, the user went away, this node had no money. Only the waiting is remembered.</summary>
    public static void Abandoned(this Market market, Flight flight, DateTimeOffset now)
    {
        double waited = flight.Waiting(now).TotalSeconds;
        if (Land(market, flight, now) is { } landed && waited > landed.Record.FirstToken.Value && landed.Record.FirstToken.Samples > 0)
        {
            landed.Record.FirstToken.Add(waited, now);
        }
    }

    private static (WorkerRecord Worker, ModelRecord Record)? Land(Market market, Flight flight, DateTimeOffset now)
    {
        if (flight.IsOver)
        {
            return null;
        }

        flight.IsOver = true;
        WorkerRecord worker = market.Memory.Use(flight.Worker, now);
        ModelRecord record = worker.Of(flight.Model);
        record.Flights.Remove(flight);
        return (worker, record);
    }

    private static double Seconds(TimeSpan time) => Math.Max(0, time.TotalSeconds);
}
