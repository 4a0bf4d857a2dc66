using System.Threading.Channels;

namespace CocoonP2P.Libp2p;

/// <summary>Owns the router: feeds it one event after the other and hands its effects on. It never waits for a peer.</summary>
internal sealed class GossipActor(GossipRouter router, TimeProvider time, Action<GossipEffect> carryOut)
{
    /// <summary>Streams that bring events wait when it is full; so their senders do, in the end.</summary>
    private const int Capacity = 4096;

    private readonly Channel<Action> _work = Channel.CreateBounded<Action>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly Queue<GossipEvent> _own = new();
    private readonly long _start = time.GetTimestamp();

    public ValueTask PostAsync(GossipEvent happened, CancellationToken ct) => _work.Writer.WriteAsync(() => Step(happened), ct);

    /// <summary>An event that an effect causes at once; it is next in line.</summary>
    public void Enqueue_OnActor(GossipEvent happened) => _own.Enqueue(happened);

    /// <summary>Runs on the actor and returns what it found.</summary>
    public async Task<T> AskAsync<T>(Func<GossipRouter, T> question, CancellationToken ct)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _work.Writer.WriteAsync(() => answer.SetResult(question(router)), ct);
        return await answer.Task.WaitAsync(ct);
    }

    /// <summary>Steps on the actor, and when its effects are handed on, returns what can then be read there.</summary>
    public Task<T> StepAsync<T>(GossipEvent happened, Func<T> result, CancellationToken ct) => AskAsync(
        _ =>
        {
            Step(happened);
            return result();
        },
        ct);

    public async Task RunAsync(CancellationToken ct)
    {
        await foreach (Action work in _work.Reader.ReadAllAsync(ct))
        {
            work();
        }
    }

    private void Step(GossipEvent happened)
    {
        Carry(happened);
        while (_own.TryDequeue(out GossipEvent? next))
        {
            Carry(next);
        }
    }

    private void Carry(GossipEvent happened)
    {
        foreach (GossipEffect effect in router.Step(happened, time.GetElapsedTime(_start)))
        {
            carryOut(effect);
        }
    }
}
