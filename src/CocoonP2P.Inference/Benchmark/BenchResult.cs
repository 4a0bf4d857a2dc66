namespace CocoonP2P.Inference.Benchmark;

/// <summary>What one model gave on this machine.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Figures">In the order in which they are read.</param>
/// <param name="ForeignShare">Of the processors, in the loudest round that counted.</param>
/// <param name="SameTokens">Whether the engine and the bare loop said the same in every round.</param>
internal sealed record BenchResult(string Model, IReadOnlyList<BenchFigure> Figures, double ForeignShare, bool SameTokens)
{
    /// <summary>Whether every round that counted was quiet.</summary>
    public bool IsQuiet => ForeignShare <= ForeignLoad.Quiet;
}

/// <summary>A figure.</summary>
/// <param name="Name">Such as "engine_tokens_per_second_b8".</param>
/// <param name="Value">The median of the rounds.</param>
/// <param name="Goal">What it should be at least, or at most where less is better; null: it is only told.</param>
/// <param name="AtMost">Whether less is better.</param>
internal sealed record BenchFigure(string Name, double Value, double? Goal = null, bool AtMost = false)
{
    public bool Met => Goal is not { } goal || (AtMost ? Value <= goal : Value >= goal);
}
