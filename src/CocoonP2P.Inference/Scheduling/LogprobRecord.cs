namespace CocoonP2P.Inference.Scheduling;

/// <summary>Log probabilities of one job's tokens, in arrays made before it starts.</summary>
/// <param name="tokens">Most tokens.</param>
/// <param name="alternatives">Of each.</param>
internal sealed class LogprobRecord(int tokens, int alternatives)
{
    private readonly float[] _chosen = new float[tokens];
    private readonly TokenAlternative[] _top = new TokenAlternative[tokens * alternatives];

    /// <summary>Engine: measures the token at an index before it is announced.</summary>
    public void Write(int index, ReadOnlySpan<float> row, int id) => _chosen[index] = RawDistribution.Measure(row, id, Top(index));

    /// <summary>Reader: those of some tokens that were announced.</summary>
    public TokenLogprobs[] Read(int from, int to)
    {
        TokenLogprobs[] read = new TokenLogprobs[to - from];
        for (int index = from; index < to; index++)
        {
            read[index - from] = new TokenLogprobs(_chosen[index], Top(index).ToArray());
        }

        return read;
    }

    public void Wipe()
    {
        _chosen.AsSpan().Clear();
        _top.AsSpan().Clear();
    }

    private Span<TokenAlternative> Top(int index) => _top.AsSpan(index * alternatives, alternatives);
}
