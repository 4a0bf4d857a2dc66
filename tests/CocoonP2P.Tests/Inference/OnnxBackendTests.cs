using CocoonP2P.Inference;
using CocoonP2P.Tests.Inference.Support;

namespace CocoonP2P.Tests.Inference;

public sealed class OnnxBackendTests
{
    [Fact]
    public async Task A_job_streams_its_tokens_and_ends_with_its_counts()
    {
        await using TestHost host = await TestHost.OpenAsync();
        (int[] ids, JobEvent.Finished end) = await host.RunAsync(host.Job(seed: 5));
        Assert.Equal(ids.Length, end.CompletionTokens);
        Assert.Equal(9, end.PromptTokens);
        Assert.Equal(end.Reason == FinishReason.Stop, ids[^1] == RandomLlama.EndToken);
        Assert.True(end.Reason == FinishReason.Stop || ids.Length == 24);
    }

    [Fact]
    public async Task One_seed_gives_the_same_tokens_alone_in_company_and_with_other_threads()
    {
        await using TestHost host = await TestHost.OpenAsync();
        JobSpec[] jobs = [.. Enumerable.Range(1, 12).Select(i => host.Job((ulong)i, prompt: (i * 5) + 1, tenant: $"t{i % 3}"))];
        List<int[]> alone = [];
        foreach (JobSpec job in jobs)
        {
            alone.Add((await host.RunAsync(job)).Ids);
        }

        (int[] Ids, JobEvent.Finished)[] together = await Task.WhenAll(jobs.Select(host.RunAsync));
        await using TestHost other = await TestHost.OpenAsync(slots: 2, threads: 2);
        (int[] Ids, JobEvent.Finished)[] elsewhere = await Task.WhenAll(jobs.Select(other.RunAsync));
        for (int i = 0; i < jobs.Length; i++)
        {
            Assert.Equal(alone[i], together[i].Ids);
            Assert.Equal(alone[i], elsewhere[i].Ids);
        }

        Assert.True(host.Model.Deterministic);
        Assert.NotEqual(alone[0], alone[1]);
    }

    [Fact]
    public async Task A_stop_string_ends_the_answer()
    {
        await using TestHost host = await TestHost.OpenAsync();
        (int[] whole, _) = await host.RunAsync(host.Job(temperature: 1.5f));
        string stop = FakeText.Decode(whole[3..5]);
        (int[] cut, JobEvent.Finished end) = await host.RunAsync(host.Job(temperature: 1.5f, stop: stop));
        Assert.Equal(whole[..5], cut);
        Assert.Equal(FinishReason.Stop, end.Reason);
    }

    [Fact]
    public async Task A_reader_that_leaves_frees_its_slot()
    {
        await using TestHost host = await TestHost.OpenAsync(slots: 1);
        Admission admission = await host.Backend.AdmitAsync(host.Job(max: 60), TestContext.Current.CancellationToken);
        Assert.Equal(0, host.Model.FreeSlots);
        await foreach (JobEvent e in host.Backend.RunAsync(admission, TestContext.Current.CancellationToken))
        {
            if (e is JobEvent.Delta)
            {
                break;
            }
        }

        Assert.Equal(1, host.Model.FreeSlots);
        await host.RunAsync(host.Job());
    }
}
