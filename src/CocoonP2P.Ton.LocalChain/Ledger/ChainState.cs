using System.Collections.Immutable;

namespace CocoonP2P.Ton.LocalChain.Ledger;

/// <summary>All of the chain, immutable: a snapshot is a reference.</summary>
internal sealed record ChainState
{
    /// <summary>All the coins there are: five thousand million TON.</summary>
    public static readonly Coins Genesis = new(5_000_000_000UL * (UInt128)1_000_000_000UL);

    public ImmutableDictionary<Address, Account> Accounts { get; init; } = ImmutableDictionary<Address, Account>.Empty;

    /// <summary>Internal messages on their way, in the order of their sending.</summary>
    public ImmutableList<MessageRecord> Pending { get; init; } = [];

    /// <summary>External messages that wait for a block.</summary>
    public ImmutableList<QueuedExternal> Externals { get; init; } = [];

    /// <summary>Coins that no account has been given yet.</summary>
    public Coins Treasury { get; init; } = Genesis;

    /// <summary>Gas, rent, forward and action fees that left the accounts for good, forward fees on the way left out.</summary>
    public Coins Fees { get; init; }

    /// <summary>The part of <see cref="Fees"/> that was rent.</summary>
    public Coins StorageFees { get; init; }

    public ulong Lt { get; init; }

    public uint Seqno { get; init; } = 1;

    /// <summary>Time of the newest block, seconds since 1970.</summary>
    public uint BlockTime { get; init; }

    /// <summary>The newest transaction of the chain; older ones hang on it.</summary>
    public TransactionRecord? Last { get; init; }

    /// <summary>The chain configuration, base64. The TVM keeps its own copy as long as this is the same object.</summary>
    public required string Config { get; init; }

    /// <summary>The masterchain's public libraries, base64 of a dictionary from hash to cell; null for none.</summary>
    public string? Libraries { get; init; }

    /// <summary>Feeds the random numbers that contracts see.</summary>
    public required ulong Seed { get; init; }

    public bool IsIdle => Pending.IsEmpty && Externals.IsEmpty;

    public Account AccountAt(Address address) => Accounts.TryGetValue(address, out Account? account) ? account : Account.Empty(address);
}

/// <summary>An external message and the first block that may take it.</summary>
internal sealed record QueuedExternal(MessageRecord Message, uint FromSeqno);
