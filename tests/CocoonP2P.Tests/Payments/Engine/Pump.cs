using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace CocoonP2P.Tests.Payments;

/// <summary>Runs everything asynchronous on one thread, drained before each step of the clock: one history a test.</summary>
/// <param name="time">The clock.</param>
/// <param name="grace">Real time before each step of the clock, for what comes back from another thread: a wait that can be
/// cancelled does, where its task was told to go on elsewhere.</param>
internal sealed class Pump(FakeTimeProvider time, TimeSpan grace = default) : SynchronizationContext
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    /// <summary>Ten virtual minutes: more than any wait that a test makes on purpose, between two pushes of the clock.</summary>
    private const int MostSteps = 6_000;

    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _work = [];

    public override void Post(SendOrPostCallback d, object? state) => _work.Add((d, state));

    public async Task<T> RunAsync<T>(Func<Task<T>> start)
    {
        SynchronizationContext? before = Current;
        SetSynchronizationContext(this);
        Task<T> call;
        try
        {
            call = start();
            Drain();
            for (int step = 0; !call.IsCompleted; step++)
            {
                Assert.True(step < MostSteps, "the test waits for something that does not come");
                time.Advance(Pace);
                Drain();
            }
        }
        finally
        {
            SetSynchronizationContext(before);
        }

        return await call;
    }

    /// <summary>Runs to the end with the clock at rest; what finishes on other threads is waited for.</summary>
    public void Finish(Func<Task> start)
    {
        SynchronizationContext? before = Current;
        SetSynchronizationContext(this);
        try
        {
            for (Task call = start(); !call.IsCompleted;)
            {
                (SendOrPostCallback callback, object? state) = _work.Take();
                callback(state);
            }
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    private void Drain()
    {
        while (_work.TryTake(out (SendOrPostCallback Callback, object? State) next, grace))
        {
            next.Callback(next.State);
        }
    }
}
