namespace CocoonP2P.Inference.Scheduling;

/// <summary>
/// Whether this machine computes a position with the same bits however the scheduler happens to run it. A model that
/// fails is served, but not called deterministic. docs/protocol/inference.md, "Determinism".
/// </summary>
internal static class SelfTest
{
    // One less than a bucket, so that the last run is padded in every way of cutting it.
    private const int Prompt = 63;

    /// <param name="runner">Idle; its slots are wiped afterwards.</param>
    /// <param name="slots">Rows of the largest batch.</param>
    /// <param name="vocabulary">Ids below this.</param>
    /// <exception cref="StepFailedException">The model does not run at all.</exception>
    public static bool Passes(IStepRunner runner, int slots, int vocabulary)
    {
        int length = Math.Min(Prompt, runner.Kv.Capacity - 2);
        int[] ids = [.. Enumerable.Range(1, length).Select(i => (int)((uint)(i * 40503) % (uint)vocabulary))];
        try
        {
            float[] whole = Chunked(runner, ids, 64);
            bool same = Same(whole, Chunked(runner, ids, 16)) && Same(whole, Chunked(runner, ids, PrefillBuckets.Smallest));
            return same && BatchesAgree(runner, slots, ids);
        }
        finally
        {
            for (int slot = 0; slot < slots; slot++)
            {
                runner.Kv.Wipe(slot, Math.Min(Prompt + 1, runner.Kv.Capacity));
            }

            runner.Wipe();
        }
    }

    private static float[] Chunked(IStepRunner runner, int[] ids, int bucket)
    {
        float[] logits = [];
        for (int start = 0; start < ids.Length; start += bucket)
        {
            while (start + bucket > runner.Kv.Capacity)
            {
                bucket /= 2;
            }

            logits = runner.Prefill(0, start, ids.AsSpan(start, Math.Min(bucket, ids.Length - start)), bucket).ToArray();
        }

        return logits;
    }

    // Rows of different lengths, each alone and then together with others.
    private static bool BatchesAgree(IStepRunner runner, int slots, int[] ids)
    {
        int[] positions = [.. Enumerable.Range(0, slots).Select(slot => Math.Max(1, ids.Length - (7 * slot % ids.Length)))];
        int[] tokens = [.. positions.Select(p => ids[p - 1])];
        float[][] alone = new float[slots][];
        for (int slot = 0; slot < slots; slot++)
        {
            if (slot > 0)
            {
                runner.Kv.Copy(0, slot, positions[slot]);
            }

            runner.Decode(slot, tokens.AsSpan(slot, 1), positions.AsSpan(slot, 1));
            alone[slot] = runner.Logits(0).ToArray();
        }

        foreach (int rows in (int[])[Math.Min(2, slots), slots])
        {
            runner.Decode(0, tokens.AsSpan(0, rows), positions.AsSpan(0, rows));
            for (int row = 0; row < rows; row++)
            {
                if (!Same(alone[row], runner.Logits(row)))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool Same(ReadOnlySpan<float> a, ReadOnlySpan<float> b) =>
        System.Runtime.InteropServices.MemoryMarshal.AsBytes(a).SequenceEqual(System.Runtime.InteropServices.MemoryMarshal.AsBytes(b));
}
