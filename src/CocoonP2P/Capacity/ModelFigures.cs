namespace CocoonP2P.Capacity;

/// <summary>What is learnt of a model over all workers.</summary>
internal sealed class ModelFigures
{
    /// <summary>First tokens before their percentile says anything: five of them lie past p95 of a hundred, one of twenty.</summary>
    private const int Enough = 20;

    /// <summary>Times to the first token.</summary>
    public TimeHistogram FirstTokens { get; } = new();

    /// <summary>Tokens of an answer.</summary>
    public RunningMean Answer { get; } = new();

    /// <summary>What an answer will be, where one may have this many tokens.</summary>
    public int Expected(int maxTokens) => Answer.Samples == 0 ? maxTokens : (int)Math.Min(Answer.Value, maxTokens);

    /// <summary>Only one job in twenty waits longer for its first token; null while too few were seen.</summary>
    public TimeSpan? HedgeAfter => FirstTokens.Count < Enough ? null : FirstTokens.Quantile(0.95);
}
