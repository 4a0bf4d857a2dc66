using CocoonP2P.Protocol;

namespace CocoonP2P.Node.Http.Doors;

/// <summary>An API key has not enough left for a request.</summary>
internal sealed class BudgetException(string message, string hint) : Exception(message)
{
    /// <summary>What to do about it.</summary>
    public string Hint { get; } = hint;

    /// <summary>What the request may cost.</summary>
    public required NanoTon Needed { get; init; }

    /// <summary>What the key may still spend.</summary>
    public required NanoTon Available { get; init; }

    /// <summary>When running requests may have given back what they hold; null where waiting does not help.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
