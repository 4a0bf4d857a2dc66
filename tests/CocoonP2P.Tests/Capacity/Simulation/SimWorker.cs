using CocoonP2P.Capacity;
using CocoonP2P.Libp2p;

namespace CocoonP2P.Tests.Capacity.Simulation;

/// <summary>A worker of the simulation: what it truly is, and what it says.</summary>
internal sealed class SimWorker(int number)
{
    private ulong _sequence;

    public PeerId Peer { get; } = MarketSamples.Peer(number);

    public int Number => number;

    /// <summary>Nanoton for 10⁶ tokens.</summary>
    public ulong Price { get; init; } = 1_000_000_000;

    public int Slots { get; init; } = 4;

    /// <summary>Seconds to a first token when it has a slot.</summary>
    public double FirstToken { get; set; } = 0.5;

    /// <summary>Seconds for each further one.</summary>
    public double TokenTime { get; set; } = 0.02;

    /// <summary>Whether jobs beyond its slots wait without a word, instead of a refusal.</summary>
    public bool HidesQueue { get; init; }

    /// <summary>Chance that it answers an error at once.</summary>
    public double Faults { get; set; }

    /// <summary>What its offers say; null for the truth.</summary>
    public int? ClaimedSlots { get; init; }

    public int? ClaimedTokensPerSecond { get; init; }

    public int Running { get; set; }

    /// <summary>Jobs that came, of any outcome.</summary>
    public int Jobs { get; set; }

    /// <summary>When the jobs that hold its slots end; used where it hides its queue.</summary>
    public PriorityQueue<double, double> Ends { get; } = new();

    public CapacityOffer Offer { get; private set; } = OfferSamples.Of(number);

    public double TrueTime(SimJob job) => FirstToken + (TokenTime * (job.Tokens - 1));

    public double Cost(SimJob job) => (job.PromptTokens + job.Tokens) * (double)Price / 1e6;

    /// <summary>Whether a job would start here now and end well.</summary>
    public bool CouldServe(SimJob job) => Faults == 0 && Running < Slots && TrueTime(job) <= job.Deadline;

    public void Announce(DateTimeOffset now)
    {
        int slots = ClaimedSlots ?? Slots;
        int free = ClaimedSlots ?? Math.Max(0, Slots - Running);
        int speed = ClaimedTokensPerSecond ?? (int)(1 / TokenTime);
        ModelOffer model = new("m", OfferSamples.Model, 8_192, Price, Price, slots, free, speed);
        Offer = OfferSamples.Of(number, ++_sequence) with { IssuedAt = now, Expires = now.AddSeconds(45), Models = [model] };
    }
}

/// <summary>A job of the simulation.</summary>
/// <param name="At">Seconds after the start.</param>
/// <param name="PromptTokens">Of the prompt.</param>
/// <param name="Tokens">That the answer will have.</param>
/// <param name="Deadline">Seconds that it may take.</param>
internal sealed record SimJob(double At, int PromptTokens, int Tokens, double Deadline)
{
    /// <summary>Nobody knows beforehand how long an answer will be.</summary>
    public const int MaxTokens = 400;
}
