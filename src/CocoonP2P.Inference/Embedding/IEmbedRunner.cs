namespace CocoonP2P.Inference.Embedding;

/// <summary>Runs an embedding model once; knows nothing of jobs. One caller at a time.</summary>
internal interface IEmbedRunner : IDisposable
{
    /// <summary>Numbers of a vector.</summary>
    int Dimensions { get; }

    /// <summary>Computes one vector for each text.</summary>
    /// <param name="ids">Token ids, a text after the other.</param>
    /// <param name="lengths">Of each text, at least 1.</param>
    /// <param name="vectors">Dimensions for each text.</param>
    /// <exception cref="Scheduling.StepFailedException">The run failed.</exception>
    void Run(ReadOnlySpan<int> ids, ReadOnlySpan<int> lengths, Span<float> vectors);

    /// <summary>Ends a run that is under way, from another thread; it and all later ones fail.</summary>
    void Terminate();
}
