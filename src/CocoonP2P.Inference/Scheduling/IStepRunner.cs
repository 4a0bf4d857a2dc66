namespace CocoonP2P.Inference.Scheduling;

/// <summary>
/// Runs one step of a model; knows nothing of jobs. Prompt positions go through <see cref="Prefill"/> alone and generated
/// ones through <see cref="Decode"/> alone, since the two round differently. One thread calls it.
/// </summary>
internal interface IStepRunner : IDisposable
{
    /// <summary>Keys and values of all slots.</summary>
    IKvMemory Kv { get; }

    /// <summary>
    /// Computes prompt positions start … start + ids.Length − 1 of a slot, as a run of <paramref name="bucket"/> positions;
    /// the padding's keys and values lie past the row's end and are overwritten before they are read.
    /// </summary>
    /// <returns>Logits of the last of them; valid until the next call.</returns>
    /// <exception cref="StepFailedException">The run failed; no row has changed.</exception>
    ReadOnlySpan<float> Prefill(int slot, int start, ReadOnlySpan<int> ids, int bucket);

    /// <summary>Computes one position for each of the slots first … first + ids.Length − 1.</summary>
    /// <param name="first">First slot.</param>
    /// <param name="ids">The token at each row's position.</param>
    /// <param name="positions">Tokens already in each row.</param>
    /// <exception cref="StepFailedException">The run failed; no row has changed.</exception>
    void Decode(int first, ReadOnlySpan<int> ids, ReadOnlySpan<int> positions);

    /// <summary>Logits of a row of the last decode; valid until the next call.</summary>
    ReadOnlySpan<float> Logits(int row);

    /// <summary>Ends a run that is under way, from another thread; it fails.</summary>
    void Terminate();

    /// <summary>Zeroes ids and logits of the last run.</summary>
    void Wipe();
}

/// <summary>A run failed. The engine's own text names tensors and shapes of a user's request, so it is not kept.</summary>
/// <param name="code">DeviceLost, or Deadline after a termination.</param>
internal sealed class StepFailedException(InferenceErrorCode code) : Exception($"A step failed: {code}.")
{
    public InferenceErrorCode Code { get; } = code;
}
