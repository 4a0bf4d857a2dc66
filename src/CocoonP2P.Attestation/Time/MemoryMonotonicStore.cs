using System.Collections.Concurrent;

namespace CocoonP2P.Attestation;

/// <summary>Floors for one process: enough for tests, simulated networks and one-off checks.</summary>
public sealed class MemoryMonotonicStore : IMonotonicStore
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> floors = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public DateTimeOffset Floor(string name) => floors.GetValueOrDefault(name, DateTimeOffset.MinValue);

    /// <inheritdoc/>
    public void Raise(string name, DateTimeOffset moment) =>
        floors.AddOrUpdate(name, moment, (_, floor) => moment > floor ? moment : floor);
}
