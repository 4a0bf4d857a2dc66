namespace CocoonP2P.Ton;

/// <summary>What an ordinary transaction went through.</summary>
public sealed record TransactionPhases
{
    /// <summary>Rent taken.</summary>
    public required Coins StorageFees { get; init; }

    /// <summary>Whether the program ran at all; it does not without code, or without coins for gas.</summary>
    public required bool ComputeRan { get; init; }

    /// <summary>Whether it ended well.</summary>
    public required bool ComputeSucceeded { get; init; }

    /// <summary>Its exit code; 0 where it did not run.</summary>
    public required int ExitCode { get; init; }

    /// <summary>Gas units used.</summary>
    public required ulong GasUsed { get; init; }

    /// <summary>Coins for the gas.</summary>
    public required Coins GasFees { get; init; }

    /// <summary>The action phase's result; null where there was none, 0 for success.</summary>
    public required int? ActionCode { get; init; }

    /// <summary>Whether nothing but fees was changed.</summary>
    public required bool Aborted { get; init; }

    /// <summary>Whether the account was deleted.</summary>
    public required bool Destroyed { get; init; }
}
