using CocoonP2P.Memory;

namespace CocoonP2P.Inference.Runtime;

/// <summary>The small inputs and the output of a run, at addresses that never change: bindings point at them.</summary>
internal sealed unsafe class StepBuffers : IDisposable
{
    // Each part starts on a cache line of its own.
    private const int Line = 64;

    private readonly PrivateMemory _memory;

    /// <param name="rows">Most rows of a decode run.</param>
    /// <param name="bucket">Most positions of a prefill run.</param>
    /// <param name="vocabulary">Logits of a row.</param>
    public StepBuffers(int rows, int bucket, int vocabulary)
    {
        long ids = Lines(8L * Math.Max(rows, bucket)), lengths = Lines(4L * rows), index = Lines(16L * rows);
        _memory = new PrivateMemory(ids + lengths + Line + Line + index + (4L * rows * vocabulary));
        byte* at = (byte*)_memory.Address;
        Ids = (long*)at;
        Lengths = (int*)(at += ids);
        Total = (int*)(at += lengths);
        PrefillIndex = (long*)(at += Line);
        DecodeIndex = (long*)(at += Line);
        Logits = (float*)(at + index);
        for (int row = 0; row < rows; row++)
        {
            DecodeIndex[2 * row] = row;
        }

        SecretEnd = (byte*)Lengths - (byte*)_memory.Address;
        LogitsStart = (byte*)Logits - (byte*)_memory.Address;
    }

    /// <summary>input_ids.</summary>
    public long* Ids { get; }

    /// <summary>seqlens_k.</summary>
    public int* Lengths { get; }

    /// <summary>total_sequence_length.</summary>
    public int* Total { get; }

    /// <summary>logits_index of a prefill run: row 0, and the position that is written before each run.</summary>
    public long* PrefillIndex { get; }

    /// <summary>logits_index of decode runs: position 0 of every row.</summary>
    public long* DecodeIndex { get; }

    /// <summary>logits, a row after the other.</summary>
    public float* Logits { get; }

    private long SecretEnd { get; }

    private long LogitsStart { get; }

    /// <summary>Zeroes ids and logits.</summary>
    public void Wipe()
    {
        _memory.Wipe(0, SecretEnd);
        _memory.Wipe(LogitsStart, _memory.Length - LogitsStart);
    }

    public void Dispose() => _memory.Dispose();

    private static long Lines(long bytes) => (bytes + Line - 1) / Line * Line;
}
