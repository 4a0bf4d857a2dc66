using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Ton;

/// <summary>One step of an account: a message in, messages out, and what each phase did; decoded from its cell.</summary>
public sealed record Transaction
{
    /// <summary>Logical time and hash.</summary>
    public required TransactionId Id { get; init; }

    /// <summary>The transaction of the same account before this one.</summary>
    public required TransactionId Previous { get; init; }

    /// <summary>The account's address without its workchain.</summary>
    public required Bits256 Account { get; init; }

    /// <summary>Unix seconds of its block.</summary>
    public required uint Now { get; init; }

    /// <summary>The message that caused it as a cell; null for a tick of the chain.</summary>
    public required Cell? InMessage { get; init; }

    /// <summary>The messages it sent, in their order, as cells.</summary>
    public required ImmutableArray<Cell> OutMessages { get; init; }

    /// <summary>All fees of this step, those of sending not yet included.</summary>
    public required Coins TotalFees { get; init; }

    /// <summary>What the phases did.</summary>
    public required TransactionPhases Phases { get; init; }

    /// <summary>The cause, where it is a message from another contract.</summary>
    public InternalMessage? InternalIn => InMessage is not null && InternalMessage.TryParse(InMessage, out InternalMessage? message) ? message : null;

    /// <summary>The cause, where it came from outside.</summary>
    public ExternalInMessage? ExternalIn => InMessage is not null && ExternalInMessage.TryParse(InMessage, out ExternalInMessage? message) ? message : null;

    /// <summary>The messages to other contracts among those sent.</summary>
    public IEnumerable<InternalMessage> InternalOut()
    {
        foreach (Cell cell in OutMessages)
        {
            if (InternalMessage.TryParse(cell, out InternalMessage? message))
            {
                yield return message;
            }
        }
    }

    /// <summary>Reads an ordinary transaction; those of the masterchain's clock and of splits are refused.</summary>
    public static bool TryParse(Cell cell, [NotNullWhen(true)] out Transaction? transaction)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return TransactionReader.TryRead(cell, out transaction);
    }
}
