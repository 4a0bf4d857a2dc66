using CocoonP2P.Inference;
using CocoonP2P.Tests.Inference.Support;

namespace CocoonP2P.Tests.Inference;

/// <summary>An answer that another worker began goes on as it would have gone on there.</summary>
public sealed class ResumeTests
{
    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 1, 0)]
    [InlineData(1.3, 1.4, 0.7)]
    public async Task An_answer_cut_anywhere_ends_as_if_undisturbed(float temperature, float repetition, float presence)
    {
        await using TestHost host = await TestHost.OpenAsync();
        JobSpec whole = host.Job(seed: 3, prompt: 21, max: 24);
        whole = whole with
        {
            Sampling = whole.Sampling with { Temperature = temperature, RepetitionPenalty = repetition, PresencePenalty = presence },
        };
        (int[] ids, JobEvent.Finished end) = await host.RunAsync(whole);
        Assert.True(ids.Length > 5);
        await using TestHost other = await TestHost.OpenAsync(slots: 2, threads: 2);
        (int[] Ids, JobEvent.Finished End)[] rest = await Task.WhenAll(
            Enumerable.Range(1, ids.Length - 1).Select(cut => other.RunAsync(whole with { Resume = ids.AsMemory(0, cut), Tenant = $"t{cut}" })));
        for (int cut = 1; cut < ids.Length; cut++)
        {
            Assert.Equal(ids[cut..], rest[cut - 1].Ids);
            Assert.Equal(end with { PromptTokens = 21 + cut, CompletionTokens = ids.Length - cut }, rest[cut - 1].End);
        }
    }

    [Fact]
    public async Task A_stop_string_across_the_cut_is_met()
    {
        await using TestHost host = await TestHost.OpenAsync();
        (int[] whole, _) = await host.RunAsync(host.Job(temperature: 1.5f));
        JobSpec job = host.Job(temperature: 1.5f, stop: FakeText.Decode(whole[3..6])) with { Resume = whole.AsMemory(0, 5) };
        (int[] ids, JobEvent.Finished end) = await host.RunAsync(job);
        Assert.Equal(whole[5..6], ids);
        Assert.Equal(FinishReason.Stop, end.Reason);
    }

    [Fact]
    public async Task An_answer_that_had_ended_gives_no_token_more()
    {
        await using TestHost host = await TestHost.OpenAsync();
        (int[] ids, JobEvent.Finished end) = await host.RunAsync(host.Job() with { Resume = new[] { 5, 6, RandomLlama.EndToken } });
        Assert.Empty(ids);
        Assert.Equal(new JobEvent.Finished(FinishReason.Stop, 12, 0, 0), end);
    }

    [Fact]
    public async Task A_prefix_that_leaves_nothing_to_say_is_refused()
    {
        await using TestHost host = await TestHost.OpenAsync();
        foreach (int[] prefix in (int[][])[TestHost.Prompt(24, 1), [RandomLlama.Vocabulary]])
        {
            InferenceException refusal = await Assert.ThrowsAsync<InferenceException>(
                () => host.Backend.AdmitAsync(host.Job() with { Resume = prefix }, TestContext.Current.CancellationToken).AsTask());
            Assert.Equal(InferenceErrorCode.BadParameter, refusal.Code);
            Assert.StartsWith("resume", refusal.Message, StringComparison.Ordinal);
        }
    }
}
