using System.Collections.Immutable;

namespace CocoonP2P.Ton.LocalChain.Ledger;

/// <summary>One transaction, with what a test or an explorer wants to know of it.</summary>
internal sealed record TransactionRecord
{
    public required Address Account { get; init; }

    public required ulong Lt { get; init; }

    /// <summary>Chain time, seconds since 1970.</summary>
    public required uint Now { get; init; }

    public required Cell Cell { get; init; }

    public required MessageRecord? In { get; init; }

    public required ImmutableArray<MessageRecord> Out { get; init; }

    /// <summary>All that validators took in it, rent included; forward fees of what it sent are not.</summary>
    public required Coins TotalFees { get; init; }

    public required Coins StorageFees { get; init; }

    public required PhaseOutcome Outcome { get; init; }

    /// <summary>The account's transaction before this one.</summary>
    public TransactionRecord? Previous { get; init; }

    /// <summary>The chain's transaction before this one, of any account.</summary>
    public TransactionRecord? Earlier { get; init; }

    public Bits256 Hash => Cell.Hash;
}

/// <summary>How a transaction went.</summary>
/// <param name="ExitCode">Of the code that ran; null where none did.</param>
/// <param name="ActionCode">Of the actions it asked for; null where there was no action phase.</param>
/// <param name="GasUsed">In units of gas.</param>
/// <param name="Aborted">State is as before, apart from fees.</param>
/// <param name="Bounced">The value went back.</param>
/// <param name="AccountGone">Nothing stands at the address any more.</param>
internal readonly record struct PhaseOutcome(int? ExitCode, int? ActionCode, ulong GasUsed, bool Aborted, bool Bounced, bool AccountGone);
