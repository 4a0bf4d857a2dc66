namespace CocoonP2P.Jobs;

/// <summary>How far somebody has read a kept order.</summary>
internal sealed class KeptReader
{
    public int At { get; set; }
}

/// <summary>One order under its key: its parts are read by whoever joins, each at their own pace.</summary>
internal sealed class KeptOrder<T>(byte[] print, Func<T, int> sizeOf, TimeProvider time)
{
    /// <summary>Bytes kept: an answer of 8,000 tokens. A longer one is let through to those who listen, and then cannot be joined.</summary>
    public const int MostBytes = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly List<KeptReader> _readers = [];
    private readonly Queue<T> _parts = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _failure;
    private int _dropped;
    private int _bytes;

    public byte[] Print => print;

    public Task Run { get; private set; } = Task.CompletedTask;

    /// <summary>Timestamp of its end; null while it runs.</summary>
    public long? EndedAt { get; private set; }

    public bool HasFailed => EndedAt is not null && _failure is not null;

    /// <summary>Whether it can be read from its first part on.</summary>
    public bool IsWhole => _dropped == 0;

    public void Start(IAsyncEnumerable<T> source, CancellationToken cancellationToken) => Run = PumpAsync(source, cancellationToken);

    public KeptReader Join()
    {
        KeptReader reader = new();
        lock (_gate)
        {
            _readers.Add(reader);
        }

        return reader;
    }

    public void Leave(KeptReader reader)
    {
        lock (_gate)
        {
            _readers.Remove(reader);
            Change();
        }
    }

    /// <summary>The reader's next part; false at the end.</summary>
    public async ValueTask<(bool More, T? Part)> NextAsync(KeptReader reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (reader.At - _dropped < _parts.Count)
                {
                    T part = _parts.ElementAt(reader.At++ - _dropped);
                    Change();
                    return (true, part);
                }

                if (EndedAt is not null)
                {
                    return _failure is null ? (false, default) : throw _failure;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private async Task PumpAsync(IAsyncEnumerable<T> source, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (T part in source.WithCancellation(cancellationToken))
            {
                await TakeAsync(part, cancellationToken);
            }
        }
        catch (Exception e)
        {
            _failure = e;
        }

        lock (_gate)
        {
            EndedAt = time.GetTimestamp();
            Change();
        }
    }

    /// <summary>Beyond the bound only what some listener has not read yet is kept, and the order waits for them.</summary>
    private async ValueTask TakeAsync(T part, CancellationToken cancellationToken)
    {
        int size = sizeOf(part);
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                while (_bytes + size > MostBytes && _parts.Count > 0 && _readers.All(reader => reader.At > _dropped))
                {
                    _bytes -= sizeOf(_parts.Dequeue());
                    _dropped++;
                }

                if (_bytes + size <= MostBytes || _parts.Count == 0)
                {
                    _parts.Enqueue(part);
                    _bytes += size;
                    Change();
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private void Change()
    {
        TaskCompletionSource before = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        before.SetResult();
    }
}
