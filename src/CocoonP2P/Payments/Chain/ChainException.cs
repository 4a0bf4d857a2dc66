using CocoonP2P.Protocol;

namespace CocoonP2P.Payments;

/// <summary>The chain gave no answer that money may be decided on.</summary>
internal sealed class ChainException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Endpoints do not answer.</summary>
    public const string Unreachable = "chain-unreachable";

    /// <summary>Endpoints answer, and disagree.</summary>
    public const string NoQuorum = "chain-no-quorum";

    /// <summary>The wallet holds less than the message needs.</summary>
    public const string InsufficientFunds = "insufficient-funds";

    /// <summary>One of the above; stable.</summary>
    public string Code { get; } = code;

    /// <summary>With <see cref="InsufficientFunds"/>: what is needed.</summary>
    public NanoTon Needed { get; init; }

    /// <summary>With <see cref="InsufficientFunds"/>: what there is.</summary>
    public NanoTon Available { get; init; }
}
