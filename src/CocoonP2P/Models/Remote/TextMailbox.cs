namespace CocoonP2P.Models;

/// <summary>Where the one piece that a session waits for arrives. A piece that nobody waits for is dropped.</summary>
internal sealed class TextMailbox : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile TaskCompletionSource<TextPart>? _waiting;

    /// <summary>One asks at a time; dispose to let the next one ask.</summary>
    public async Task<IDisposable> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        return new Turn(this);
    }

    /// <summary>The next piece to come.</summary>
    public Task<TextPart> ExpectAsync()
    {
        TaskCompletionSource<TextPart> next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting = next;
        return next.Task;
    }

    public void Came(TextPart part) => _waiting?.TrySetResult(part);

    public void Dispose() => _turn.Dispose();

    private sealed class Turn(TextMailbox mailbox) : IDisposable
    {
        public void Dispose()
        {
            mailbox._waiting = null;
            mailbox._turn.Release();
        }
    }
}
