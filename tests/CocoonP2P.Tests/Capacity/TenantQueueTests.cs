using CocoonP2P.Capacity;
using CocoonP2P.Inference.Scheduling;
using CocoonP2P.Tests.Inference.Scheduling;

namespace CocoonP2P.Tests.Capacity;

public sealed class TenantQueueTests
{
    [Fact]
    public void Tenants_get_the_same_tokens_within_a_quantum_and_a_job()
    {
        TenantQueue<IStepJob> queue = Queue();
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
            Assert.True(Math.Abs(served["long"] - served["short"]) <= TenantQueue.Quantum + 800);
        }
    }

    [Fact]
    public void One_tenants_jobs_come_in_their_order()
    {
        TenantQueue<IStepJob> queue = Queue();
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

    [Fact]
    public void Who_cannot_be_placed_holds_up_nobody_and_comes_first_again()
    {
        TenantQueue<IStepJob> queue = Queue();
        IStepJob picky = new SimulatedJob(1, 100, 100, 1, "picky");
        IStepJob[] easy = [.. Enumerable.Range(2, 4).Select(i => new SimulatedJob(i, 100, 100, 1, "easy"))];
        queue.Enqueue(picky);
        Array.ForEach(easy, queue.Enqueue);
        foreach (IStepJob expected in easy.Take(3))
        {
            List<IStepJob> offered = [];
            Assert.True(queue.TryPlace(job =>
            {
                offered.Add(job);
                return job != picky;
            }));
            Assert.Equal(expected, offered[^1]);
        }

        Assert.False(queue.TryPlace(_ => false));
        Assert.True(queue.TryPlace(job => job == picky));
        Assert.True(queue.TryPlace(job => job == easy[3]));
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public void Tenants_of_equal_demand_get_equal_shares_also_where_many_cannot_be_placed()
    {
        Random random = new(7);
        TenantQueue<IStepJob> queue = Queue();
        string[] tenants = ["a", "b", "c"];
        for (int i = 0; i < 1_500; i++)
        {
            queue.Enqueue(new SimulatedJob(i, random.Next(20, 400), random.Next(20, 400), 1, tenants[i % 3]));
        }

        Dictionary<string, long> served = tenants.ToDictionary(t => t, _ => 0L);
        for (int i = 0; i < 900; i++)
        {
            queue.TryPlace(job =>
            {
                if (random.Next(3) == 0)
                {
                    return false;
                }

                served[job.Tenant] += job.PromptTokens + job.MaxTokens;
                return true;
            });
        }

        Assert.True(served.Values.Max() <= 1.2 * served.Values.Min(), string.Join(", ", served));
    }

    private static TenantQueue<IStepJob> Queue() => new(job => job.Tenant, job => (long)job.PromptTokens + job.MaxTokens);
}
