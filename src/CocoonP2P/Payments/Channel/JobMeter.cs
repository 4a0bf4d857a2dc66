using CocoonP2P.Protocol;
using CocoonP2P.Ton;

namespace CocoonP2P.Payments;

/// <summary>One job beside its lock: what was delivered (worker) or arrived (client), and what it waits for.</summary>
internal sealed record JobMeter
{
    /// <summary>Number of the job in its epoch.</summary>
    public required ulong JobId { get; init; }

    /// <summary>Cell hash of the job's terms; how the job engine knows it.</summary>
    public required Bits256 JobHash { get; init; }

    /// <summary>Prices of the quote named by the terms; null on a worker that has not seen the request yet.</summary>
    public PriceList? Prices { get; init; }

    /// <summary>Cost of what was delivered or has arrived, never falling.</summary>
    public NanoTon Owed { get; init; }

    /// <summary>Worker: cost up to the end of a chunk for which credit is held, so that it can be delivered; durable once the job
    /// has started. The first chunk's is held from the start.</summary>
    public NanoTon Reserved { get; init; }

    /// <summary>Client: what to pay before anything arrives. Worker: what must be paid before the job starts.</summary>
    public NanoTon Prepay { get; init; }

    /// <summary>Worker: least cap that covers the request.</summary>
    public NanoTon LeastCap { get; init; }

    /// <summary>Worker: cost of the chunk that waits for credit; null where none waits.</summary>
    public NanoTon? Waiting { get; init; }

    /// <summary>Client: the state that added the lock.</summary>
    public ulong LockSeq { get; init; }

    /// <summary>Whether the job engine was told to go.</summary>
    public bool Started { get; init; }

    /// <summary>Whether nothing more is delivered or expected.</summary>
    public bool Ended { get; init; }

    /// <summary>Whether the worker refused the lock.</summary>
    public bool Refused { get; init; }

    /// <summary>Key whose receipt the client accepts for this job.</summary>
    public Bits256 ReceiptKey { get; init; }

    /// <summary>Hash of the receipt's result, zero before one was made or arrived.</summary>
    public Bits256 ResultHash { get; init; }

    /// <summary>Cost ahead of vouchers, the reservation included.</summary>
    public NanoTon Exposure(NanoTon paid) => (Ended ? Owed : NanoTon.Max(Owed, Reserved)).MinusOrZero(paid);

    /// <summary>What a process that ended now may have delivered: a worker that has reserved a chunk may have sent it.</summary>
    public NanoTon PerhapsOwed => Started && !Ended ? NanoTon.Max(Owed, Reserved) : Owed;
}
