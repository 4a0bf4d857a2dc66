using CocoonP2P.Inference.Scheduling;

namespace CocoonP2P.Tests.Inference.Scheduling;

public sealed class FairQueueTests
{
    [Fact]
    public void Tenants_get_the_same_tokens_within_a_quantum_and_a_job()
    {
        FairQueue queue = new();
        for (int i = 0; i < 200; i++)
        {
            queue.Enqueue(new SimulatedJob(i, 600, 200, 1, "long"));
            queue.Enqueue(new SimulatedJob(i, 20, 30, 1, "short"));
            queue.Enqueue(new SimulatedJob(i, 20, 30, 1, "short"));
        }

        Dictionary<string, int> served = new() { ["long"] = 0, ["short"] = 0 };
        for (int i = 0; i < 300; i++)
        {
            Assert.True(queue.TryPeek(out IStepJob? job));
            Assert.True(queue.TryPeek(out IStepJob? again));
            Assert.Same(job, again);
            queue.Take(job);
            served[job.Tenant] += job.PromptTokens + job.MaxTokens;
            Assert.True(Math.Abs(served["long"] - served["short"]) <= FairQueue.Quantum + 800);
        }
    }

    [Fact]
    public void One_tenants_jobs_come_in_their_order()
    {
        FairQueue queue = new();
        SimulatedJob[] jobs = [.. Enumerable.Range(0, 5).Select(i => new SimulatedJob(i, 900, 100, 1, "a"))];
        Array.ForEach(jobs, queue.Enqueue);
        Assert.True(queue.TryRemove(jobs[1]));
        Assert.False(queue.TryRemove(jobs[1]));
        foreach (SimulatedJob expected in (SimulatedJob[])[jobs[0], jobs[2], jobs[3], jobs[4]])
        {
            Assert.True(queue.TryPeek(out IStepJob? job));
            Assert.Same(expected, job);
            queue.Take(job);
        }

        Assert.Equal(0, queue.Count);
        Assert.False(queue.TryPeek(out _));
    }
}
