using System.Diagnostics.CodeAnalysis;
using CocoonP2P.Capacity;

namespace CocoonP2P.Inference.Scheduling;

/// <summary>
/// Decides what one model runs next. Pure: no clock, task, memory or model. Decoding rows are slots 0 … n − 1; prompts
/// are prefilled in the highest free slots and join the prefix when they are done. docs/protocol/inference.md, "Scheduler".
/// </summary>
/// <remarks>
/// A cycle is <see cref="Next"/>, the run, then <see cref="DecodeDone"/>, <see cref="PrefillDone"/> or <see cref="Failed"/>.
/// After each call <see cref="Effects"/> holds what the caller must do, in order, before the next. Nothing is allocated
/// in a cycle. Times are since any fixed moment.
/// </remarks>
internal sealed class StepMachine
{
    /// <summary>A prompt that has waited this long gets a piece after every decode step instead of every second.</summary>
    public static readonly TimeSpan PatienceOfPrompts = TimeSpan.FromSeconds(1);

    private const int ReserveUnit = 64;

    private readonly Row[] _rows;
    private readonly int _capacity;
    private readonly TenantQueue<IStepJob> _queue = new(job => job.Tenant, job => (long)job.PromptTokens + job.MaxTokens);
    private readonly PrefillBuckets _buckets = new();
    private readonly List<SlotEffect> _effects = new(16);
    private int _decoding;
    private int _decodesSinceChunk;
    private int _cursor;
    private int _batch;
    private int _failures;
    private long _budget;
    private long _reserved;
    private long _turn;

    /// <param name="slots">Rows that can be in work together.</param>
    /// <param name="capacity">Tokens that a slot holds.</param>
    public StepMachine(int slots, int capacity) =>
        (_rows, _capacity, _batch, _budget) = (new Row[slots], capacity, slots, Reserve(capacity) * slots);

    /// <summary>Tokens that all slots may hold together; room for one job of the full context at least.</summary>
    public long Budget
    {
        get => _budget;
        set => _budget = Math.Clamp(value, Reserve(_capacity), Reserve(_capacity) * _rows.Length);
    }

    public IReadOnlyList<SlotEffect> Effects => _effects;

    /// <summary>Rows that decode: slots 0 … this − 1.</summary>
    public int Decoding => _decoding;

    /// <summary>Jobs without a slot.</summary>
    public int Waiting => _queue.Count;

    /// <summary>Tokens reserved by all rows.</summary>
    public long Reserved => _reserved;

    /// <summary>The job in a slot, and its tokens in memory.</summary>
    public (IStepJob? Job, int Tokens) Slot(int slot) => (_rows[slot].Job, _rows[slot].Tokens);

    public void Submit(IStepJob job)
    {
        _effects.Clear();
        Invariant.Holds(
            job.PromptTokens > 0 && job.MaxTokens > 0 && job.PromptTokens + job.MaxTokens <= _capacity, "an admitted job fits a slot");
        _queue.Enqueue(job);
    }

    /// <summary>Drops a job, wherever it is. Its slot is free and wiped when the effects are carried out.</summary>
    public void Cancel(IStepJob job)
    {
        _effects.Clear();
        if (_queue.TryRemove(job))
        {
            _effects.Add(new SlotEffect(SlotEffectKind.End, Job: job, End: JobEnd.Cancelled));
        }
        else if (SlotOf(job) is >= 0 and int slot)
        {
            End(slot, JobEnd.Cancelled);
        }
    }

    /// <summary>Takes a job that waits, in its turn: for a loop that ends.</summary>
    public bool TryTakeWaiting([NotNullWhen(true)] out IStepJob? job)
    {
        _effects.Clear();
        if (!_queue.TryPeek(out job))
        {
            return false;
        }

        _queue.Take(job);
        return true;
    }

    /// <summary>Gives free slots to waiting jobs, then says what to run.</summary>
    public StepPlan Next(TimeSpan now)
    {
        _effects.Clear();
        Assign(now);
        int prompt = NextPrompt(out TimeSpan oldest);
        if (_decoding > 0 && (prompt < 0 || _cursor > 0 || _decodesSinceChunk < (now - oldest >= PatienceOfPrompts ? 1 : 2)))
        {
            return new StepPlan(StepKind.Decode, _cursor, Math.Min(_batch, _decoding - _cursor));
        }

        if (prompt < 0)
        {
            return new StepPlan(StepKind.Idle);
        }

        ref Row row = ref _rows[prompt];
        (int tokens, int bucket) = _buckets.Choose(row.Tokens, row.Job!.PromptTokens - row.Tokens, _capacity);
        return new StepPlan(StepKind.Prefill, prompt, 1, row.Tokens, tokens, bucket);
    }

    /// <summary>A decode run is done: each row has one token more in memory, and a newly sampled one.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="outcomes">What each row's new token means.</param>
    public void DecodeDone(StepPlan plan, ReadOnlySpan<RowOutcome> outcomes)
    {
        _effects.Clear();
        _failures = 0;
        for (int row = plan.Rows - 1; row >= 0; row--)
        {
            // From the last to the first, so that the row which fills a hole was looked at before.
            ref Row decoded = ref _rows[plan.Slot + row];
            decoded.Tokens++;
            decoded.Touched = Math.Max(decoded.Touched, decoded.Tokens);
            Advance(plan.Slot + row, outcomes[row]);
        }

        _cursor = plan.Slot + plan.Rows;
        if (_cursor >= _decoding)
        {
            (_cursor, _batch) = (0, _rows.Length);
            _decodesSinceChunk++;
        }
    }

    /// <summary>A prompt's piece is done.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="outcome">What the first sampled token means; looked at only where <see cref="IsLast"/> holds.</param>
    /// <param name="took">Time of the run.</param>
    public void PrefillDone(StepPlan plan, RowOutcome outcome, TimeSpan took)
    {
        _effects.Clear();
        bool last = IsLast(plan);
        (_failures, _decodesSinceChunk) = (0, 0);
        _buckets.Timed(plan.Bucket, took);
        ref Row row = ref _rows[plan.Slot];
        row.Tokens += plan.Tokens;
        row.Touched = Math.Max(row.Touched, plan.Start + plan.Bucket);
        row.Served += plan.Tokens;
        if (last)
        {
            Join(plan.Slot);
            Advance(_decoding - 1, outcome);
        }
        else if (row.Served >= TenantQueue.Quantum)
        {
            (row.Served, row.Turn) = (0, ++_turn);
        }
    }

    /// <summary>Whether a prefill run ends its prompt, so that a token must be sampled from it.</summary>
    public bool IsLast(StepPlan plan) => plan.Start + plan.Tokens == _rows[plan.Slot].Job!.PromptTokens;

    /// <summary>
    /// A run failed and changed nothing. It is tried once more; then a batch is halved until the culprit is alone, and that
    /// job ends. A step that had to be terminated ends its jobs at once.
    /// </summary>
    public void Failed(StepPlan plan, InferenceErrorCode code)
    {
        _effects.Clear();
        bool deadline = code == InferenceErrorCode.Deadline;
        if (++_failures == 1 && !deadline)
        {
            return;
        }

        _failures = 0;
        if (plan.Rows > 1 && !deadline)
        {
            _batch = plan.Rows / 2;
            return;
        }

        for (int row = plan.Rows - 1; row >= 0; row--)
        {
            End(plan.Slot + row, deadline ? JobEnd.Deadline : JobEnd.DeviceLost);
        }
    }

    private void Assign(TimeSpan now)
    {
        while (FreeSlot() is >= 0 and int slot && _queue.TryPeek(out IStepJob? job))
        {
            long need = Reserve(job.PromptTokens + job.MaxTokens);
            if (_reserved + need > _budget)
            {
                // It waits at the head: letting smaller ones pass could keep it waiting for ever.
                return;
            }

            _queue.Take(job);
            _reserved += need;
            _rows[slot] = new Row { Job = job, Since = now, Turn = ++_turn };
            _effects.Add(new SlotEffect(SlotEffectKind.Start, slot, Job: job));
        }
    }

    // A row's newest token was sampled; it is not in memory yet.
    private void Advance(int slot, RowOutcome outcome)
    {
        ref Row row = ref _rows[slot];
        row.Generated++;
        if (outcome == RowOutcome.BadLogits)
        {
            End(slot, JobEnd.BadLogits);
        }
        else if (outcome == RowOutcome.Stop)
        {
            End(slot, JobEnd.Stop);
        }
        else if (row.Generated >= row.Job!.MaxTokens)
        {
            End(slot, JobEnd.Length);
        }
    }

    // A finished prompt becomes the last decoding row.
    private void Join(int slot)
    {
        int to = _decoding++;
        if (slot == to)
        {
            return;
        }

        ref Row from = ref _rows[slot];
        ref Row there = ref _rows[to];
        if (there.Job is null)
        {
            Move(slot, to);
        }
        else
        {
            _effects.Add(new SlotEffect(SlotEffectKind.Swap, slot, to, Math.Max(from.Touched, there.Touched)));
            (from, there) = (there, from);
        }
    }

    private void Move(int slot, int to)
    {
        ref Row row = ref _rows[slot];
        _effects.Add(new SlotEffect(SlotEffectKind.Copy, slot, to, row.Tokens));
        _effects.Add(new SlotEffect(SlotEffectKind.Wipe, slot, Tokens: row.Touched));
        _rows[to] = row;
        _rows[to].Touched = row.Tokens;
        row = default;
    }

    private void End(int slot, JobEnd end)
    {
        ref Row row = ref _rows[slot];
        IStepJob job = row.Job!;
        _reserved -= Reserve(job.PromptTokens + job.MaxTokens);
        _effects.Add(new SlotEffect(SlotEffectKind.Wipe, slot, Tokens: row.Touched));
        row = default;
        if (slot < _decoding)
        {
            int last = --_decoding;
            if (slot != last)
            {
                Move(last, slot);
            }
        }

        _cursor = _cursor >= _decoding ? 0 : _cursor;
        _effects.Add(new SlotEffect(SlotEffectKind.End, slot, Job: job, End: end));
    }

    private int NextPrompt(out TimeSpan oldest)
    {
        (int next, oldest) = (-1, TimeSpan.MaxValue);
        for (int slot = _decoding; slot < _rows.Length; slot++)
        {
            if (_rows[slot].Job is null)
            {
                continue;
            }

            oldest = _rows[slot].Since < oldest ? _rows[slot].Since : oldest;
            next = next < 0 || _rows[slot].Turn < _rows[next].Turn ? slot : next;
        }

        return next;
    }

    private int FreeSlot()
    {
        int slot = _rows.Length - 1;
        while (slot >= _decoding && _rows[slot].Job is not null)
        {
            slot--;
        }

        return slot >= _decoding ? slot : -1;
    }

    private int SlotOf(IStepJob job)
    {
        for (int slot = 0; slot < _rows.Length; slot++)
        {
            if (ReferenceEquals(_rows[slot].Job, job))
            {
                return slot;
            }
        }

        return -1;
    }

    private static long Reserve(int tokens) => ((long)tokens + ReserveUnit - 1) / ReserveUnit * ReserveUnit;

    private struct Row
    {
        public IStepJob? Job;

        /// <summary>Tokens in the slot.</summary>
        public int Tokens;

        /// <summary>Positions of the slot that were written: the tokens, and padding behind them.</summary>
        public int Touched;

        /// <summary>Tokens sampled, the newest of which is not in the slot.</summary>
        public int Generated;

        /// <summary>When it got the slot.</summary>
        public TimeSpan Since;

        /// <summary>The lowest of all prompts runs.</summary>
        public long Turn;

        /// <summary>Tokens prefilled in this turn.</summary>
        public int Served;
    }
}
