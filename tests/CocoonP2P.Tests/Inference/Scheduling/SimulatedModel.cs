using CocoonP2P.Inference;
using CocoonP2P.Inference.Scheduling;

namespace CocoonP2P.Tests.Inference.Scheduling;

/// <summary>A job of the simulation: how many tokens it will say before it stops by itself.</summary>
internal sealed record SimulatedJob(int Id, int PromptTokens, int MaxTokens, int SaysTokens, string Tenant) : IStepJob
{
    public int Said { get; set; }

    public JobEnd? End { get; set; }

    public TimeSpan? StartedAt { get; set; }
}

/// <summary>
/// Carries out what the machine decides on slots that remember whose token lies where, and checks after each event that
/// every row holds its own prompt and answer and nothing of anyone else's.
/// </summary>
internal sealed class SimulatedModel
{
    // What a slot's position holds: 0 is nothing, padding is negative, else job and position.
    private readonly long[][] _slots;
    private readonly SimulatedJob?[] _jobs;
    private readonly StepMachine _machine;

    public SimulatedModel(StepMachine machine, int slots, int capacity)
    {
        _machine = machine;
        _slots = [.. Enumerable.Range(0, slots).Select(_ => new long[capacity])];
        _jobs = new SimulatedJob?[slots];
    }

    public TimeSpan Now { get; private set; }

    public int Running => _jobs.Count(j => j is not null);

    public bool IsClean => _slots.All(s => s.All(v => v == 0));

    public void Submit(SimulatedJob job)
    {
        _machine.Submit(job);
        CarryOut();
    }

    public void Cancel(SimulatedJob job)
    {
        _machine.Cancel(job);
        CarryOut();
        Assert.Equal(JobEnd.Cancelled, job.End);
    }

    /// <summary>One cycle; a failure is what the run shall end with.</summary>
    public StepPlan Step(InferenceErrorCode? failure = null)
    {
        StepPlan plan = _machine.Next(Now);
        CarryOut();
        Now += TimeSpan.FromMilliseconds(plan.Kind == StepKind.Prefill ? plan.Bucket : 10);
        if (plan.Kind != StepKind.Idle)
        {
            if (failure is { } code)
            {
                _machine.Failed(plan, code);
            }
            else if (plan.Kind == StepKind.Decode)
            {
                Decode(plan);
            }
            else
            {
                Prefill(plan);
            }

            CarryOut();
        }

        CheckRows();
        return plan;
    }

    private void Decode(StepPlan plan)
    {
        RowOutcome[] outcomes = new RowOutcome[plan.Rows];
        for (int row = 0; row < plan.Rows; row++)
        {
            int slot = plan.Slot + row, tokens = _machine.Slot(slot).Tokens;
            _slots[slot][tokens] = Mark(_jobs[slot]!, tokens);
            outcomes[row] = Say(_jobs[slot]!);
        }

        _machine.DecodeDone(plan, outcomes);
    }

    private void Prefill(StepPlan plan)
    {
        SimulatedJob job = _jobs[plan.Slot]!;
        for (int i = 0; i < plan.Bucket; i++)
        {
            _slots[plan.Slot][plan.Start + i] = i < plan.Tokens ? Mark(job, plan.Start + i) : -job.Id;
        }

        RowOutcome outcome = _machine.IsLast(plan) ? Say(job) : RowOutcome.Continue;
        _machine.PrefillDone(plan, outcome, TimeSpan.FromMilliseconds(plan.Bucket));
    }

    private static RowOutcome Say(SimulatedJob job) => ++job.Said == job.SaysTokens ? RowOutcome.Stop : RowOutcome.Continue;

    private static long Mark(SimulatedJob job, int position) => ((long)job.Id << 32) | (uint)(position + 1);

    private void CarryOut()
    {
        foreach (SlotEffect effect in _machine.Effects)
        {
            switch (effect.Kind)
            {
                case SlotEffectKind.Start:
                    Assert.Null(_jobs[effect.Slot]);
                    Assert.All(_slots[effect.Slot], v => Assert.Equal(0, v));
                    _jobs[effect.Slot] = (SimulatedJob)effect.Job!;
                    _jobs[effect.Slot]!.StartedAt = Now;
                    break;
                case SlotEffectKind.Wipe:
                    _slots[effect.Slot].AsSpan(0, effect.Tokens).Clear();
                    Assert.Equal(-1, _slots[effect.Slot].AsSpan().IndexOfAnyExcept(0));
                    _jobs[effect.Slot] = null;
                    break;
                case SlotEffectKind.Copy:
                    Assert.Null(_jobs[effect.To]);
                    _slots[effect.Slot].AsSpan(0, effect.Tokens).CopyTo(_slots[effect.To]);
                    _jobs[effect.To] = _jobs[effect.Slot];
                    break;
                case SlotEffectKind.Swap:
                    long[] held = [.. _slots[effect.Slot].AsSpan(0, effect.Tokens)];
                    _slots[effect.To].AsSpan(0, effect.Tokens).CopyTo(_slots[effect.Slot]);
                    held.CopyTo(_slots[effect.To], 0);
                    (_jobs[effect.Slot], _jobs[effect.To]) = (_jobs[effect.To], _jobs[effect.Slot]);
                    break;
                default:
                    SimulatedJob ended = (SimulatedJob)effect.Job!;
                    Assert.Null(ended.End);
                    ended.End = effect.End;
                    break;
            }
        }
    }

    private void CheckRows()
    {
        for (int slot = 0; slot < _slots.Length; slot++)
        {
            (IStepJob? job, int tokens) = _machine.Slot(slot);
            Assert.Same(job, _jobs[slot]);
            for (int i = 0; job is not null && i < tokens; i++)
            {
                Assert.Equal(Mark(_jobs[slot]!, i), _slots[slot][i]);
            }
        }

        Assert.True(_machine.Reserved <= _machine.Budget);
    }
}
