using CocoonP2P.Inference;
using CocoonP2P.Models;
using CocoonP2P.Inference.Runtime;
using CocoonP2P.Inference.Scheduling;
using CocoonP2P.Tests.Inference.Support;

namespace CocoonP2P.Tests.Inference;

public sealed class EngineLoopTests
{
    [Fact]
    public async Task Two_hundred_jobs_say_the_same_in_random_company_and_leave_nothing_behind()
    {
        await using TestHost host = await TestHost.OpenAsync(slots: 5);
        Random random = new(11);
        JobSpec[] jobs = [.. Enumerable.Range(1, 200).Select(i => host.Job(
            (ulong)i, prompt: random.Next(1, 60), max: random.Next(1, 20), temperature: random.Next(3) * 0.5f, tenant: $"t{i % 40}"))];
        int[][] alone = new int[jobs.Length][];
        for (int i = 0; i < jobs.Length; i++)
        {
            alone[i] = (await host.RunAsync(jobs[i])).Ids;
        }

        // Forty at a time; some of them leave early and so change who is in a batch with whom.
        foreach (int[] group in Enumerable.Range(0, jobs.Length).Chunk(40))
        {
            Task leavers = Task.WhenAll(Enumerable.Range(0, 8).Select(i => LeaveAsync(host, i)));
            (int[] Ids, JobEvent.Finished)[] together = await Task.WhenAll(group.Select(i => host.RunAsync(jobs[i])));
            await leavers;
            for (int i = 0; i < group.Length; i++)
            {
                Assert.Equal(alone[group[i]], together[i].Ids);
            }
        }

        Assert.Equal(5, host.Model.FreeSlots);
    }

    [Fact]
    public void A_decode_step_allocates_nothing_and_a_freed_slot_is_zero()
    {
        using TempFolder folder = new();
        RandomLlama.WriteTo(folder["model"]);
        ModelStore store = new(folder["store"]);
        ModelManifest manifest = store.Add(folder["model"]);
        OrtHost.Open();
        LlmRunner runner = ModelLoader.Load(store, manifest, threads: 1, slots: 2);
        Sampler sampler = new(RandomLlama.Vocabulary);
        SamplingParameters parameters = new() { Seed = 1 };
        StepMachine machine = new(2, RandomLlama.Context);
        SimpleJob job = new();
        machine.Submit(job);
        StepPlan plan = machine.Next(TimeSpan.Zero);
        int token = sampler.Sample(runner.Prefill(plan.Slot, 0, TestHost.Prompt(8, 1), plan.Bucket), parameters, null, 8);
        machine.PrefillDone(plan, RowOutcome.Continue, TimeSpan.FromMilliseconds(1));
        runner.Kv.Copy(plan.Slot, 0, 8);
        runner.Kv.Wipe(plan.Slot, plan.Bucket);
        Assert.True(((KvSlab)runner.Kv).IsZero(plan.Slot));

        long allocated = -1;
        int[] ids = new int[1], positions = new int[1];
        RowOutcome[] outcomes = new RowOutcome[1];
        for (int position = 8; position < 40; position++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            plan = machine.Next(TimeSpan.Zero);
            (ids[0], positions[0]) = (token, machine.Slot(0).Tokens);
            runner.Decode(0, ids, positions);
            token = sampler.Sample(runner.Logits(0), parameters, null, position + 1);
            machine.DecodeDone(plan, outcomes);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);
        runner.Kv.Wipe(0, 40);
        Assert.True(((KvSlab)runner.Kv).IsZero(0));
        runner.Dispose();
    }

    [Fact]
    public async Task Ending_the_host_ends_its_jobs()
    {
        TestHost host = await TestHost.OpenAsync(slots: 1);
        Admission admission = await host.Backend.AdmitAsync(host.Job(max: 64, temperature: 2), TestContext.Current.CancellationToken);
        await using IAsyncEnumerator<JobEvent> events = host.Backend.RunAsync(admission, TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await events.MoveNextAsync());
        Assert.IsType<JobEvent.Started>(events.Current);
        await host.DisposeAsync();
        JobEvent? last = null;
        try
        {
            while (await events.MoveNextAsync())
            {
                last = events.Current;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or InferenceException)
        {
            return;
        }

        Assert.IsType<JobEvent.Finished>(last);
    }

    private static async Task LeaveAsync(TestHost host, int seed)
    {
        Admission admission = await host.Backend.AdmitAsync(host.Job((ulong)(900 + seed), prompt: 20 + seed, max: 40), TestContext.Current.CancellationToken);
        if (!admission.Accepted)
        {
            return;
        }

        int deltas = 0;
        await foreach (JobEvent e in host.Backend.RunAsync(admission, TestContext.Current.CancellationToken))
        {
            if (e is JobEvent.Delta && deltas++ > seed)
            {
                return;
            }
        }
    }

    private sealed class SimpleJob : IStepJob
    {
        public int PromptTokens => 8;

        public int MaxTokens => 64;

        public string Tenant => "";
    }
}
