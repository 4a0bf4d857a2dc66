namespace CocoonP2P.Protocol;

/// <summary>Every bound that a peer can make this node hit, in one place, each with the sum that set it.</summary>
internal static class Limits
{
    /// <summary>Offer in an array in an envelope, doubled: our deepest message is 4 deep.</summary>
    public const int WireDepth = 8;

    /// <summary>Open jobs of one channel: what the contract's gas budget for resolving a lock was measured with.</summary>
    public const int LocksPerChannel = 32;

    /// <summary>Finished jobs under one root; the contract only keeps the root, so this bounds our own memory.</summary>
    public const int JobsPerBatch = 1024;

    /// <summary>States that the client may send ahead of the worker's acks.</summary>
    public const int UnackedStates = 8;

    /// <summary>Two changes for each of 32 open jobs, and a new batch; rounded down, the rest takes the next state.</summary>
    public const int ChangesPerState = 64;

    /// <summary>64 changes of at most 96 bytes, and 300 bytes of body and signature, rounded up.</summary>
    public const int PaymentMessageBytes = 8 * 1024;

    /// <summary>Fields that later versions may append to a payment message or a quote.</summary>
    public const int LaterFields = 4;

    /// <summary>The longest code in PaymentCode is 20.</summary>
    public const int CodeBytes = 32;

    /// <summary>Two addresses of 48 bytes, five digests of 32, twelve numbers of 9, doubled.</summary>
    public const int QuoteBytes = 1024;

    /// <summary>Challenge periods that a quote may list.</summary>
    public const int PeriodsPerQuote = 8;
}
