namespace CocoonP2P.Inference.Scheduling;

/// <summary>How often each token stands in one job, for the three penalties.</summary>
/// <param name="vocabulary">Ids below this.</param>
internal sealed class TokenCounts(int vocabulary)
{
    private readonly ushort[] _answer = new ushort[vocabulary];
    private readonly bool[] _seen = new bool[vocabulary];

    /// <summary>Counts for a job, or null where it asks for no penalty.</summary>
    public static TokenCounts? For(JobSpec job, int vocabulary)
    {
        SamplingParameters p = job.Sampling;
        if (p is { PresencePenalty: 0, FrequencyPenalty: 0, RepetitionPenalty: 1 })
        {
            return null;
        }

        TokenCounts counts = new(vocabulary);
        foreach (int id in job.PromptIds.Span)
        {
            counts._seen[id] = true;
        }

        return counts;
    }

    public void Add(int id)
    {
        _seen[id] = true;
        _answer[id] = (ushort)Math.Min(_answer[id] + 1, ushort.MaxValue);
    }

    /// <summary>Repetition counts prompt and answer, presence and frequency the answer alone, as their inventors have it.</summary>
    public void Apply(Span<float> logits, SamplingParameters parameters)
    {
        for (int id = 0; id < logits.Length; id++)
        {
            if (!_seen[id])
            {
                continue;
            }

            float logit = logits[id];
            logit = logit > 0 ? logit / parameters.RepetitionPenalty : logit * parameters.RepetitionPenalty;
            if (_answer[id] > 0)
            {
                logit -= parameters.PresencePenalty;
                logit -= parameters.FrequencyPenalty * _answer[id];
            }

            logits[id] = logit;
        }
    }

    public void Wipe()
    {
        _answer.AsSpan().Clear();
        _seen.AsSpan().Clear();
    }
}
