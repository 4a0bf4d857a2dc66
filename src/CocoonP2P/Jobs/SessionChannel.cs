using System.Collections.Concurrent;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Sessions;
using CocoonP2P.Ton;

namespace CocoonP2P.Jobs;

/// <summary>The payment side of one session, at either end: which channels speak through it.</summary>
internal sealed class SessionChannel(AttestedSession session, ChannelDirectory channels)
{
    private readonly ConcurrentDictionary<Bits256, TaskCompletionSource<ChannelEngine>> _attached = new();

    /// <summary>A channel that this session pays through, once it was opened or named: a request may overtake it.</summary>
    public async Task<ChannelEngine> FindAsync(Bits256 channel, CancellationToken cancellationToken)
    {
        TaskCompletionSource<ChannelEngine> slot = Slot(channel);
        try
        {
            return await slot.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!slot.Task.IsCompleted)
        {
            // Named and never opened: nothing of it stays, however many are named.
            _attached.TryRemove(new(channel, slot));
            throw;
        }
    }

    /// <summary>Lets a channel speak through this session.</summary>
    public async ValueTask AttachAsync(ChannelEngine engine, CancellationToken cancellationToken)
    {
        if (Slot(engine.State.Settings.Address.Hash).TrySetResult(engine))
        {
            await channels.AttachAsync(engine, SendAsync, cancellationToken);
        }
    }

    public static ValueTask PostAsync(ChannelEngine engine, PaymentMessage message, CancellationToken cancellationToken) =>
        engine.PostAsync(new ChannelEvent.PeerSent(message), cancellationToken);

    public void Detach() => channels.Detach(SendAsync);

    private TaskCompletionSource<ChannelEngine> Slot(Bits256 channel) =>
        _attached.GetOrAdd(channel, _ => new TaskCompletionSource<ChannelEngine>(TaskCreationOptions.RunContinuationsAsynchronously));

    private async ValueTask SendAsync(PaymentMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await session.SendAsync(new SessionMessage.Payment(message).Encode(), cancellationToken);
        }
        catch (Exception e) when (e is SessionException or IOException or ObjectDisposedException)
        {
            // The session is ending; both sides compare what they remember when they meet again.
            Detach();
        }
    }
}
