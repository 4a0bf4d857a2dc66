namespace CocoonP2P.Inference.Scheduling;

/// <summary>What the scheduler must know of a job.</summary>
internal interface IStepJob
{
    /// <summary>Tokens of the prompt, at least 1.</summary>
    int PromptTokens { get; }

    /// <summary>Most tokens to generate, at least 1.</summary>
    int MaxTokens { get; }

    /// <summary>Whom fairness counts it to.</summary>
    string Tenant { get; }
}

/// <summary>What to run next.</summary>
internal enum StepKind
{
    /// <summary>Nothing, until something is submitted.</summary>
    Idle,

    /// <summary>One token for each of some rows.</summary>
    Decode,

    /// <summary>A piece of one row's prompt.</summary>
    Prefill,
}

/// <summary>One run.</summary>
/// <param name="Kind">Which sort.</param>
/// <param name="Slot">Decode: the first slot. Prefill: the slot.</param>
/// <param name="Rows">Decode: slots from there on.</param>
/// <param name="Start">Prefill: first position.</param>
/// <param name="Tokens">Prefill: positions of the prompt.</param>
/// <param name="Bucket">Prefill: positions of the run, padding included.</param>
internal readonly record struct StepPlan(StepKind Kind, int Slot = 0, int Rows = 0, int Start = 0, int Tokens = 0, int Bucket = 0);

/// <summary>What a sampled token means for its row.</summary>
internal enum RowOutcome
{
    /// <summary>It goes on, if it may.</summary>
    Continue,

    /// <summary>An end token or a stop string.</summary>
    Stop,

    /// <summary>There was no token: the logits are not numbers.</summary>
    BadLogits,
}

/// <summary>Why a job left the scheduler.</summary>
internal enum JobEnd
{
    Stop,
    Length,
    Cancelled,
    BadLogits,
    Deadline,
    DeviceLost,
}

/// <summary>What the loop must do to the slots and jobs, in the order given.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Slot">The slot; of a copy the source.</param>
/// <param name="To">Of a copy or swap: the other.</param>
/// <param name="Tokens">Positions that it is about.</param>
/// <param name="Job">Of a start or an end.</param>
/// <param name="End">Of an end.</param>
internal readonly record struct SlotEffect(
    SlotEffectKind Kind, int Slot = -1, int To = -1, int Tokens = 0, IStepJob? Job = null, JobEnd End = default);

/// <summary>Sorts of <see cref="SlotEffect"/>.</summary>
internal enum SlotEffectKind
{
    /// <summary>The job holds the slot now.</summary>
    Start,

    /// <summary>Zero the slot's first positions.</summary>
    Wipe,

    /// <summary>Copy the slot's first positions to the other, which is free.</summary>
    Copy,

    /// <summary>Exchange the first positions of both.</summary>
    Swap,

    /// <summary>The job is over; its slot, if it had one, was wiped before.</summary>
    End,
}
