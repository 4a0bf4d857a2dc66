using CocoonP2P.Libp2p;

namespace CocoonP2P.Capacity;

/// <summary>What a job may expect of one worker that meets its demands.</summary>
internal sealed record Prospect
{
    public required PeerId Worker { get; init; }

    public required CapacityOffer Offer { get; init; }

    public required ModelOffer Model { get; init; }

    /// <summary>Null for one that was never dealt with.</summary>
    public required ModelRecord? Record { get; init; }

    /// <summary>Nanoton, fees included, divided by the chance that it ends well.</summary>
    public required double Cost { get; init; }

    /// <summary>Seconds from request to last token, divided by the same.</summary>
    public required double Seconds { get; init; }

    /// <summary>Chance that it ends well, 0 to 1.</summary>
    public required double Success { get; init; }

    /// <summary>Slots that are free, as far as can be known.</summary>
    public required int Free { get; init; }

    /// <summary>How well that is known: 1 for an offer that has just come, half as much for each ten seconds of its age.</summary>
    public required double Freshness { get; init; }

    /// <summary>1 where the platform is up to date, less where it is behind or unknown.</summary>
    public required double Tier { get; init; }

    /// <summary>Until then it is left alone, or has nothing free by its own word.</summary>
    public required DateTimeOffset ReadyAt { get; init; }

    /// <summary>Whether that is because it failed.</summary>
    public required bool IsInBackoff { get; init; }

    /// <summary>Enough finished answers, most of them good: it competes.</summary>
    public required bool IsProven { get; init; }

    /// <summary>Little known, or not lately, or nothing good lately: a trial would teach something.</summary>
    public required bool WantsTrial { get; init; }

    /// <summary>Jobs of this node that it runs now.</summary>
    public int Running => Record?.Flights.Count ?? 0;

    /// <summary>Whether it could begin the job now.</summary>
    public bool IsReady(DateTimeOffset now) => Free > 0 && ReadyAt <= now;
}
