using CocoonP2P.Protocol;
using CocoonP2P.Ton;

namespace CocoonP2P.Payments;

/// <summary>One step from a state to the next. Several may share a signature.</summary>
internal abstract record ChannelChange
{
    private ChannelChange()
    {
    }

    /// <summary>Sets money aside for the next job.</summary>
    public sealed record AddLock(ulong JobId, NanoTon Cap, uint Expiry, Bits256 ReceiptKey, Bits256 JobHash) : ChannelChange;

    /// <summary>Pays for what a job has delivered.</summary>
    public sealed record Pay(ulong JobId, NanoTon Amount) : ChannelChange;

    /// <summary>Ends a job: its lock goes, its record comes.</summary>
    public sealed record CloseJob(ulong JobId, Bits256 ResultHash) : ChannelChange;

    /// <summary>Takes back a lock that was refused or has expired.</summary>
    public sealed record DropLock(ulong JobId) : ChannelChange;

    /// <summary>Starts a new list of records that names the last one's root.</summary>
    public sealed record NewBatch : ChannelChange;
}
