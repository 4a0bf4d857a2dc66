using CocoonP2P.Protocol;

namespace CocoonP2P.Node.Http.Doors;

/// <summary>What an API key may spend; null for no bound but the node's own.</summary>
internal sealed record KeyLimits
{
    public NanoTon? PerRequest { get; init; }

    /// <summary>From midnight to midnight in UTC.</summary>
    public NanoTon? PerDay { get; init; }

    public NanoTon? Total { get; init; }

    /// <summary>Whether anything must be remembered.</summary>
    public bool Counts => PerDay is not null || Total is not null;
}
