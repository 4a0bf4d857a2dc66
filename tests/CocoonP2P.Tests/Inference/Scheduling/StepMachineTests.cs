using CocoonP2P.Inference;
using CocoonP2P.Inference.Scheduling;
using CsCheck;

namespace CocoonP2P.Tests.Inference.Scheduling;

public sealed class StepMachineTests
{
    private const int Slots = 4, Capacity = 256;

    [Fact]
    public void In_any_history_rows_keep_their_tokens_and_every_job_ends_once() =>
        Gen.ULong.Sample(seed => Assert.True(Simulate(new Random((int)(seed % int.MaxValue)))), iter: 2_000);

    [Fact]
    public void A_decode_step_runs_at_least_between_two_pieces_of_a_prompt()
    {
        (StepMachine machine, SimulatedModel model) = Make();
        model.Submit(new SimulatedJob(1, 2, 100, 200, ""));
        model.Step();
        model.Submit(new SimulatedJob(2, 250, 5, 200, ""));
        List<StepKind> kinds = [.. Enumerable.Range(0, 24).Select(_ => model.Step().Kind)];
        Assert.Equal(1, machine.Decoding);
        Assert.DoesNotContain((StepKind.Prefill, StepKind.Prefill), kinds.Zip(kinds.Skip(1)));

        // Every second step at first, every step once the prompt has waited a second.
        Assert.Equal([StepKind.Decode, StepKind.Decode, StepKind.Prefill], kinds[..3]);
    }

    [Fact]
    public void A_prompt_that_waited_a_second_gets_a_piece_after_every_step()
    {
        StepMachine machine = new(Slots, 8192);
        SimulatedModel model = new(machine, Slots, 8192);
        model.Submit(new SimulatedJob(1, 2, 5000, 6000, ""));
        model.Step();
        model.Submit(new SimulatedJob(2, 8000, 5, 200, ""));
        StepKind[] kinds = [.. Enumerable.Range(0, 150).Select(_ => model.Step().Kind)];
        Assert.Equal(5, kinds[^10..].Count(k => k == StepKind.Prefill));
    }

    [Fact]
    public void Prompts_run_back_to_back_where_nothing_decodes()
    {
        (_, SimulatedModel model) = Make();
        model.Submit(new SimulatedJob(1, 200, 5, 200, ""));
        StepPlan[] plans = [model.Step(), model.Step(), model.Step(), model.Step()];
        Assert.All(plans, p => Assert.Equal(StepKind.Prefill, p.Kind));
    }

    [Fact]
    public void A_failed_batch_is_tried_again_then_halved_until_the_culprit_is_alone()
    {
        (StepMachine machine, SimulatedModel model) = Make();
        SimulatedJob[] jobs = [.. Enumerable.Range(1, Slots).Select(i => new SimulatedJob(i, 3, 40, 100, ""))];
        Array.ForEach(jobs, model.Submit);
        while (machine.Decoding < Slots)
        {
            model.Step();
        }

        // Whatever runs slot 2 fails.
        IStepJob culprit = machine.Slot(2).Job!;
        for (int i = 0; i < 40 && ((SimulatedJob)culprit).End is null; i++)
        {
            StepPlan plan = machine.Next(model.Now);
            bool fails = Enumerable.Range(plan.Slot, plan.Rows).Any(s => ReferenceEquals(machine.Slot(s).Job, culprit));
            model.Step(fails ? InferenceErrorCode.DeviceLost : null);
        }

        Assert.Equal(JobEnd.DeviceLost, ((SimulatedJob)culprit).End);
        Assert.Equal(3, jobs.Count(j => j.End is null));
        while (jobs.Any(j => j.End is null))
        {
            model.Step();
        }

        Assert.Equal(3, jobs.Count(j => j.End == JobEnd.Length));
    }

    [Fact]
    public void A_job_waits_until_its_memory_is_free_and_is_not_overtaken()
    {
        StepMachine machine = new(Slots, Capacity) { Budget = Capacity };
        SimulatedModel model = new(machine, Slots, Capacity);
        SimulatedJob first = new(1, 60, 60, 100, ""), large = new(2, 150, 50, 100, ""), small = new(3, 2, 2, 100, "");
        model.Submit(first);
        model.Submit(large);
        model.Submit(small);
        model.Step();
        Assert.Equal((1, 2), (model.Running, machine.Waiting));
        while (large.StartedAt is null)
        {
            model.Step();
        }

        Assert.Equal(JobEnd.Length, first.End);
        Assert.True(small.StartedAt is null || small.StartedAt >= large.StartedAt);
    }

    private static (StepMachine Machine, SimulatedModel Model) Make()
    {
        StepMachine machine = new(Slots, Capacity);
        return (machine, new SimulatedModel(machine, Slots, Capacity));
    }

    private static bool Simulate(Random random)
    {
        int slots = random.Next(1, 7);
        StepMachine machine = new(slots, Capacity) { Budget = random.Next(Capacity, Capacity * slots + 1) };
        SimulatedModel model = new(machine, slots, Capacity);
        List<SimulatedJob> jobs = [];
        for (int i = 1; i <= 300; i++)
        {
            int dice = random.Next(100);
            if (dice < 12 && jobs.Count < 25)
            {
                int prompt = random.Next(1, Capacity - 1);
                SimulatedJob job = new(i, prompt, random.Next(1, Capacity - prompt + 1), random.Next(1, 60), $"t{random.Next(3)}");
                jobs.Add(job);
                model.Submit(job);
            }
            else if (dice < 15 && jobs.Find(j => j.End is null) is { } victim)
            {
                model.Cancel(victim);
            }
            else
            {
                model.Step(dice < 20 ? (dice < 16 ? InferenceErrorCode.Deadline : InferenceErrorCode.DeviceLost) : null);
            }
        }

        // No bound is reached unless someone starves: a job has at most 256 tokens.
        for (int i = 0; i < 25 * 2 * Capacity && jobs.Any(j => j.End is null); i++)
        {
            model.Step();
        }

        Assert.All(jobs, j => Assert.NotNull(j.End));
        Assert.All(jobs, j => Assert.True(j.End != JobEnd.Length || j.Said == j.MaxTokens));
        Assert.Equal((0L, 0, 0), (machine.Reserved, machine.Waiting, machine.Decoding));
        return model.IsClean;
    }
}
