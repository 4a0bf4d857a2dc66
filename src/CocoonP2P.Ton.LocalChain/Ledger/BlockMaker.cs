using System.Buffers.Binary;
using System.Security.Cryptography;
using CocoonP2P.Ton.LocalChain.Tvm;

namespace CocoonP2P.Ton.LocalChain.Ledger;

/// <summary>Runs a message on a virtual machine.</summary>
internal interface ITransactionEngine
{
    TvmAnswer Emulate(string config, string? libraries, string account, string message, uint now, string parameters);
}

/// <summary>Makes one state of the chain from the one before: no clock, no task, only the engine it is given.</summary>
internal sealed class BlockMaker(ITransactionEngine engine)
{
    // Messages of one transaction get logical times above its own; so many never come from one.
    private const ulong LtStep = 1_000_000;

    /// <summary>Takes what waited when the block began; what its transactions send is for the next one.</summary>
    /// <param name="state">The chain so far.</param>
    /// <param name="now">Time of the block; a block is never older than the one before.</param>
    /// <param name="order">Picks the next of the waiting messages: any order that keeps each pair's own is legal.</param>
    public ChainState Block(ChainState state, uint now, IDeliveryOrder order)
    {
        uint time = Math.Max(now, state.BlockTime);
        ChainState next = state with { Seqno = state.Seqno + 1, BlockTime = time, Pending = [], Externals = [] };
        foreach (QueuedExternal external in state.Externals)
        {
            next = external.FromSeqno > next.Seqno
                ? next with { Externals = next.Externals.Add(external) }
                : Deliver(next, external.Message) ?? next;
        }

        foreach (MessageRecord message in order.Arrange(state.Pending))
        {
            // What no account can take is lost to its sender, not to the count of coins.
            next = Deliver(next, message) ?? next with { Fees = next.Fees + message.Value + message.ForwardFee };
        }

        return next;
    }

    /// <summary>What would become of an external message now, without keeping it.</summary>
    public TvmAnswer Try(ChainState state, MessageRecord message, uint now) => Run(state, message, Math.Max(now, state.BlockTime), out _);

    // Null: the account did not accept the message, and nothing happened.
    private ChainState? Deliver(ChainState state, MessageRecord message)
    {
        TvmAnswer answer = Run(state, message, state.BlockTime, out Address address);
        if (answer.Transaction is null || answer.ShardAccount is null)
        {
            return null;
        }

        Account before = state.AccountAt(address);
        TransactionRecord record = TransactionRecord.Read(answer.Transaction, address, before.Last, state.Last);
        Account after = record.LeavesNothing ? Account.Empty(address, record) : new Account(answer.ShardAccount, record);

        Coins imported = message.Kind == MessageKind.Internal ? message.ForwardFee : Coins.Zero;
        return state with
        {
            Accounts = state.Accounts.SetItem(address, after),
            Pending = state.Pending.AddRange(record.Out.Where(static m => m.Kind == MessageKind.Internal)),
            Fees = state.Fees + record.Transaction.TotalFees + imported,
            StorageFees = state.StorageFees + record.Transaction.Phases.StorageFees,
            Lt = Math.Max(record.Transaction.Id.Lt, state.Lt + LtStep),
            Last = record,
        };
    }

    private TvmAnswer Run(ChainState state, MessageRecord message, uint now, out Address address)
    {
        address = message.Destination ?? throw new TvmException("A message without a destination cannot be delivered.");
        ulong lt = state.Lt + LtStep;
        return engine.Emulate(
            state.Config,
            state.Libraries,
            state.AccountAt(address).ShardBase64,
            BagOfCells.EncodeBase64(message.Cell),
            now,
            TvmRequest.Transaction(now, lt, RandomSeed(state.Seed, lt)));
    }

    internal static Bits256 RandomSeed(ulong seed, ulong lt)
    {
        Span<byte> input = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(input, seed);
        BinaryPrimitives.WriteUInt64BigEndian(input[8..], lt);
        return new Bits256(SHA256.HashData(input));
    }
}
