using CocoonP2P.Inference.Scheduling;

namespace CocoonP2P.Inference.Benchmark;

/// <summary>
/// A runner that notes when each decode run of the full batch begins and ends, and what the engine's thread has allocated
/// by then: what lies between two of them is the scheduler's.
/// </summary>
internal sealed class MeteredRunner(IStepRunner runner, int rows, TimeProvider time) : IStepRunner
{
    private long _lastEnd;
    private long _lastBytes;
    private bool _follows;

    public IKvMemory Kv => runner.Kv;

    /// <summary>Gaps between two decode runs of the full batch with no other run between.</summary>
    public int Gaps { get; private set; }

    /// <summary>Time in those gaps.</summary>
    public TimeSpan Outside { get; private set; }

    /// <summary>Time in the runs that ended them.</summary>
    public TimeSpan Inside { get; private set; }

    /// <summary>Bytes that the engine's thread allocated from one such run to the next.</summary>
    public long Bytes { get; private set; }

    /// <summary>Starts to count anew; while the engine is idle.</summary>
    public void Forget() => (Gaps, Outside, Inside, Bytes, _follows) = (0, TimeSpan.Zero, TimeSpan.Zero, 0, false);

    public ReadOnlySpan<float> Prefill(int slot, int start, ReadOnlySpan<int> ids, int bucket)
    {
        _follows = false;
        return runner.Prefill(slot, start, ids, bucket);
    }

    public void Decode(int first, ReadOnlySpan<int> ids, ReadOnlySpan<int> positions)
    {
        long begin = time.GetTimestamp(), bytes = GC.GetAllocatedBytesForCurrentThread();
        bool counts = _follows && ids.Length == rows;
        runner.Decode(first, ids, positions);
        long end = time.GetTimestamp();
        if (counts)
        {
            Gaps++;
            Outside += time.GetElapsedTime(_lastEnd, begin);
            Inside += time.GetElapsedTime(begin, end);
            Bytes += bytes - _lastBytes;
        }

        (_lastEnd, _lastBytes, _follows) = (end, bytes, ids.Length == rows);
    }

    public ReadOnlySpan<float> Logits(int row) => runner.Logits(row);

    public void Terminate() => runner.Terminate();

    public void Wipe() => runner.Wipe();

    public void Dispose() => runner.Dispose();
}
