using System.Threading.Channels;
using CocoonP2P.Text;
using CocoonP2P.Text.Grammar;

namespace CocoonP2P.Inference.Scheduling;

/// <summary>
/// One job between its reader and the engine's thread. All its memory is made here: tokens go into an array of the most
/// it may have, so a slow reader holds nobody up and a step allocates nothing.
/// </summary>
/// <param name="spec">Checked against the model.</param>
/// <param name="stops">Finds stop strings; null where the job has none.</param>
/// <param name="counts">For penalties; null where the job has none.</param>
/// <param name="grammar">What the answer must be, with the replayed tokens behind it; null where it may be anything.</param>
internal sealed class GenerationJob(JobSpec spec, ITextStream? stops, TokenCounts? counts, GrammarMatcher? grammar = null) : IStepJob
{
    private readonly int[] _prompt = spec.PromptIds.ToArray();
    private readonly int[] _replay = spec.Resume.ToArray();
    private readonly int[] _tokens = new int[spec.MaxTokens];

    // Holds one item at most: it says that there is something to look at, not what.
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true, SingleWriter = true });

    private int _count;
    private int _end = Running;

    private const int Running = -1;

    public int PromptTokens => _prompt.Length;

    public int MaxTokens => _tokens.Length;

    public string Tenant => spec.Tenant;

    public SamplingParameters Sampling => spec.Sampling;

    public TokenCounts? Counts => counts;

    public GrammarMatcher? Grammar => grammar;

    /// <summary>Log probabilities of the tokens; null where the job wants none.</summary>
    public LogprobRecord? Logprobs { get; } = spec.TopLogprobs < 0 ? null : new LogprobRecord(spec.MaxTokens, spec.TopLogprobs);

    public ReadOnlySpan<int> Prompt => _prompt;

    /// <summary>Tokens that another worker delivered: the first of this answer.</summary>
    public int Replayed => _replay.Length;

    public bool HasStarted { get; private set; }

    /// <summary>Tokens of the answer so far, replayed ones first. Read it after <see cref="HasEnded"/>.</summary>
    public int Count => Volatile.Read(ref _count);

    public bool HasEnded => Volatile.Read(ref _end) != Running;

    public JobEnd End => (JobEnd)Volatile.Read(ref _end);

    public int LastToken => _tokens[_count - 1];

    public ReadOnlySpan<int> Tokens(int from, int to) => _tokens.AsSpan(from, to - from);

    /// <summary>Waits until something has happened since the last call.</summary>
    public ValueTask<bool> NewsAsync(CancellationToken cancellationToken) => _news.Reader.ReadAsync(cancellationToken);

    /// <summary>Timestamps of the slot and of the first token that was not replayed; 0: not yet. The engine's own.</summary>
    public long StartedAt { get; private set; }

    /// <inheritdoc cref="StartedAt"/>
    public long FirstAt { get; set; }

    /// <summary>Engine: the job holds a slot.</summary>
    public void Started(long now)
    {
        StartedAt = now;
        HasStarted = true;
        _news.Writer.TryWrite(true);
    }

    /// <summary>Engine: the next token where it is known before, as part of an answer that is resumed.</summary>
    public bool TryReplay(out int id)
    {
        bool known = _count < _replay.Length;
        id = known ? _replay[_count] : 0;
        return known;
    }

    /// <summary>Engine: the next token; says whether it completes a stop string.</summary>
    public bool Add(int id)
    {
        Invariant.Holds(_count < _replay.Length || grammar is null || grammar.TryAccept(id), "what is sampled is what the grammar allows");
        _tokens[_count] = id;
        counts?.Add(id);
        Volatile.Write(ref _count, _count + 1);
        _news.Writer.TryWrite(true);
        if (stops is null)
        {
            return false;
        }

        stops.Append([id]);
        return stops.Stopped;
    }

    /// <summary>Engine: the job is over, its slot free and wiped.</summary>
    public void Finish(JobEnd end)
    {
        _prompt.AsSpan().Clear();
        _replay.AsSpan().Clear();
        counts?.Wipe();
        Volatile.Write(ref _end, (int)end);
        _news.Writer.TryWrite(true);
    }

    /// <summary>Reader: nothing will be read any more.</summary>
    public void Wipe()
    {
        _tokens.AsSpan().Clear();
        Logprobs?.Wipe();
    }
}
