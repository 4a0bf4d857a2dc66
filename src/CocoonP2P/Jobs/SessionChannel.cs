using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Sessions;

namespace CocoonP2P.Jobs;

/// <summary>The payment side of one session, at either end: which channels speak through it.</summary>
internal sealed class SessionChannel(AttestedSession session, ChannelDirectory channels)
{
    private readonly HashSet<ChannelEngine> _attached = [];
    private volatile ChannelEngine? _latest;

    private readonly TaskCompletionSource<ChannelEngine> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The channel that this session pays through, once it was opened or named: a request may overtake it.</summary>
    public Task<ChannelEngine> CurrentAsync(CancellationToken cancellationToken) =>
        _latest is { } known ? Task.FromResult(known) : _first.Task.WaitAsync(cancellationToken);

    /// <summary>Lets a channel speak through this session.</summary>
    public async ValueTask AttachAsync(ChannelEngine engine, CancellationToken cancellationToken)
    {
        if (_attached.Add(engine))
        {
            _latest = engine;
            _first.TrySetResult(engine);
            await channels.AttachAsync(engine, SendAsync, cancellationToken);
        }
    }

    public static ValueTask PostAsync(ChannelEngine engine, PaymentMessage message, CancellationToken cancellationToken) =>
        engine.PostAsync(new ChannelEvent.PeerSent(message), cancellationToken);

    public void Detach() => channels.Detach(SendAsync);

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
