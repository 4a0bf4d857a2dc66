using CocoonP2P.Ton;

namespace CocoonP2P.Payments;

/// <summary>What a worker's job engine calls.</summary>
internal sealed partial class ChannelEngine
{
    /// <summary>A request was read. Complete when its lock is held and what must be prepaid is paid: the job may start.
    /// Returns the job's number in the channel.</summary>
    /// <exception cref="PaymentException">The lock is too small, refused, or the channel ends.</exception>
    public Task<ulong> ExpectAsync(JobOrder order, CancellationToken cancellation) => LockAsync(order, cancellation);

    /// <summary>Waits until the credit covers the answer up to and with the next chunk, which may then be sent. At most one
    /// chunk of a job waits.</summary>
    /// <exception cref="PaymentException">The job was closed or stopped.</exception>
    public async Task DeliverAsync(ulong jobId, Usage total, CancellationToken cancellation)
    {
        Task go = _waiters.ChunkAsync(jobId);
        await PostAsync(new ChannelEvent.ChunkReady(jobId, total), cancellation);
        await go.WaitAsync(cancellation);
    }

    /// <summary>The job is done: the enclave's receipt is recorded, signed and sent.</summary>
    public async Task ReceiptAsync(ulong jobId, JobResult result, CancellationToken cancellation)
    {
        Task ended = _waiters.StateAsync(state => !state.Jobs.TryGetValue(jobId, out JobMeter? job) || job.Ended);
        await PostAsync(new ChannelEvent.JobDone(jobId, result), cancellation);
        await ended.WaitAsync(cancellation);
    }

    /// <summary>The job failed or was cancelled here; its lock stays until the client closes it.</summary>
    public ValueTask AbandonAsync(Bits256 jobHash, CancellationToken cancellation) =>
        PostAsync(new ChannelEvent.JobEnded(jobHash), cancellation);
}
