using CocoonP2P.Protocol;
using CocoonP2P.Ton;

namespace CocoonP2P.Payments;

/// <summary>What a client's job engine calls.</summary>
internal sealed partial class ChannelEngine
{
    /// <summary>Agrees the terms with the worker and funds the channel; complete when it is open on chain.</summary>
    /// <exception cref="PaymentException">The worker or the chain refused.</exception>
    public async Task OpenAsync(NanoTon deposit, CancellationToken cancellation)
    {
        Task open = _waiters.StateAsync(state => state.Phase is not (ChannelPhase.Proposed or ChannelPhase.Funding));
        await PostAsync(new ChannelEvent.FundWanted(deposit), cancellation);
        await open.WaitAsync(cancellation);
        if (State.Phase != ChannelPhase.Open)
        {
            throw new PaymentException(PaymentCode.NotOpen);
        }
    }

    /// <summary>Complete when the worker has been heard since the session was lost, or the channel is no longer open.</summary>
    public Task HeardAsync(CancellationToken cancellation) =>
        State is { Stalled: false } ? Task.CompletedTask : _waiters.StateAsync(state => !state.Stalled || state.Phase != ChannelPhase.Open).WaitAsync(cancellation);

    /// <summary>Locks a job's cap; complete when the worker has countersigned. Returns the job's number in the channel.</summary>
    /// <exception cref="PaymentException">Deposit, limits, the worker or the channel's end stand against it.</exception>
    public async Task<ulong> LockAsync(JobOrder order, CancellationToken cancellation)
    {
        Task<ulong> go = _waiters.JobAsync(order.JobHash);
        await PostAsync(new ChannelEvent.JobWanted(order), cancellation);
        try
        {
            return await go.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            _waiters.Forget(order.JobHash);
            await PostAsync(new ChannelEvent.JobEnded(order.JobHash), CancellationToken.None);
            throw;
        }
    }

    /// <summary>Pays up to what has arrived, as counted here. Vouchers that wait share a signature.</summary>
    public ValueTask PayAsync(ulong jobId, Usage total, CancellationToken cancellation) =>
        PostAsync(new ChannelEvent.ChunkReceived(jobId, total), cancellation);

    /// <summary>Ends a job: pays what arrived, then takes out its lock. Complete when that is signed.</summary>
    public async Task CloseJobAsync(Bits256 jobHash, CancellationToken cancellation)
    {
        Task closed = _waiters.StateAsync(state => state.Jobs.Values.All(job => job.JobHash != jobHash));
        await PostAsync(new ChannelEvent.JobEnded(jobHash), cancellation);
        await closed.WaitAsync(cancellation);
    }

    /// <summary>Adds to the deposit; the next view of the chain shows it.</summary>
    public ValueTask TopUpAsync(NanoTon amount, CancellationToken cancellation) =>
        PostAsync(new ChannelEvent.TopUpWanted(amount), cancellation);

    /// <summary>Ends the channel, together with the peer where it answers, alone where not. Complete when the coins are
    /// paid out; alone, that takes one challenge period or two.</summary>
    public async Task CloseChannelAsync(CancellationToken cancellation)
    {
        Task closed = _waiters.StateAsync(state => state.Phase == ChannelPhase.Closed);
        await PostAsync(new ChannelEvent.CloseRequested(), cancellation);
        await closed.WaitAsync(cancellation);
    }
}
