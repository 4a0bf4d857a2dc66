namespace CocoonP2P.Libp2p;

/// <summary>The protocols this peer serves. Sorted, so that identify says the same each time.</summary>
internal sealed class HandlerTable
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Entry> _handlers = new(StringComparer.Ordinal);

    /// <summary>The list has changed.</summary>
    public event Action? OnChanged;

    public IReadOnlyList<string> Protocols
    {
        get
        {
            lock (_lock)
            {
                return [.. _handlers.Keys];
            }
        }
    }

    public IDisposable Add(string protocol, StreamHandler handler, StreamLimits? limits)
    {
        var entry = new Entry(this, protocol, handler, limits ?? new StreamLimits());
        lock (_lock)
        {
            if (!_handlers.TryAdd(protocol, entry))
            {
                throw new ArgumentException($"{protocol} is served already", nameof(protocol));
            }
        }

        OnChanged?.Invoke();
        return entry;
    }

    public Entry? Find(string protocol)
    {
        lock (_lock)
        {
            return _handlers.GetValueOrDefault(protocol);
        }
    }

    internal sealed record Entry(HandlerTable Table, string Protocol, StreamHandler Handler, StreamLimits Limits) : IDisposable
    {
        public void Dispose()
        {
            lock (Table._lock)
            {
                if (!ReferenceEquals(Table._handlers.GetValueOrDefault(Protocol), this))
                {
                    return;
                }

                Table._handlers.Remove(Protocol);
            }

            Table.OnChanged?.Invoke();
        }
    }
}
