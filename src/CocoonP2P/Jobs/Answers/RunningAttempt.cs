using System.Threading.Channels;
using CocoonP2P.Capacity;

namespace CocoonP2P.Jobs;

/// <summary>An attempt's task: what it finds out becomes events of its answer, whatever stops it.</summary>
internal sealed class RunningAttempt(int number, ChannelWriter<AnswerEvent> events, CancellationToken answerOver) : IJobWatcher, IDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(answerOver);

    public ClientJob Job { get; private set; } = null!;

    public Task Run { get; private set; } = Task.CompletedTask;

    public void Start(ClientJob job)
    {
        Job = job;
        Run = RunAsync();
    }

    /// <summary>Ends it; what arrived is paid.</summary>
    public void Cancel(FailureKind? blame)
    {
        if (blame is { } kind)
        {
            Job.Blame(kind);
        }

        _stop.Cancel();
    }

    public ValueTask StartedAsync(CancellationToken cancellationToken) => events.WriteAsync(new AnswerEvent.Started(number), cancellationToken);

    public ValueTask ArrivedAsync(JobChunk chunk, CancellationToken cancellationToken) =>
        events.WriteAsync(new AnswerEvent.Arrived(number, chunk), cancellationToken);

    public void Dispose() => _stop.Dispose();

    private async Task RunAsync()
    {
        try
        {
            AnswerEvent end;
            try
            {
                end = new AnswerEvent.Ended(number, await Job.RunAsync(_stop.Token));
            }
            catch (AttemptFailedException e)
            {
                end = new AnswerEvent.Failed(number, e.Failure);
            }

            await events.WriteAsync(end, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Cancelled, and said goodbye.
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A fault of this program must end the answer, not leave it waiting.
            events.TryComplete(e);
        }
    }
}
