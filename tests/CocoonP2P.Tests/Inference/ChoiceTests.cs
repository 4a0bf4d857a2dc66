using CocoonP2P.Inference;
using CocoonP2P.Tests.Inference.Support;

namespace CocoonP2P.Tests.Inference;

public sealed class ChoiceTests
{
    [Fact]
    public async Task Each_choice_draws_differently_and_each_again_the_same()
    {
        await using TestHost host = await TestHost.OpenAsync();
        JobSpec[] jobs = [.. Enumerable.Range(0, 4).Select(choice => With(host.Job(), p => p with { Choice = choice }))];
        List<int[]> first = [];
        foreach (JobSpec job in jobs)
        {
            int[] ids = (await host.RunAsync(job)).Ids;
            Assert.Equal(ids, (await host.RunAsync(job)).Ids);
            first.Add(ids);
        }

        Assert.Equal(4, first.DistinctBy(ids => string.Join(',', ids)).Count());
        Assert.Equal((await host.RunAsync(host.Job())).Ids, first[0]);
    }

    [Fact]
    public async Task A_bias_forbids_or_forces_a_token()
    {
        await using TestHost host = await TestHost.OpenAsync();
        (int[] plain, _) = await host.RunAsync(host.Job(temperature: 0));
        (int[] without, _) = await host.RunAsync(With(host.Job(temperature: 0), p => p with { Bias = [new LogitBias(plain[0], -100)] }));
        Assert.DoesNotContain(plain[0], without);
        (int[] forced, _) = await host.RunAsync(With(host.Job(), p => p with { Bias = [new LogitBias(77, 100)] }));
        Assert.Equal([.. Enumerable.Repeat(77, 24)], forced);
    }

    [Fact]
    public async Task A_choice_or_bias_out_of_range_is_refused_naming_it()
    {
        await using TestHost host = await TestHost.OpenAsync();
        (JobSpec Job, string Words)[] cases =
        [
            (With(host.Job(), p => p with { Choice = 128 }), "n:"),
            (With(host.Job(), p => p with { Bias = [.. Enumerable.Repeat(new LogitBias(1, 1), 301)] }), "logit_bias"),
            (With(host.Job(), p => p with { Bias = [new LogitBias(-1, 1)] }), "logit_bias"),
            (With(host.Job(), p => p with { Bias = [new LogitBias(1, float.NaN)] }), "logit_bias"),
            (host.Job() with { TopLogprobs = 21 }, "top_logprobs"),
            (host.Job() with { Inputs = [9] }, "input"),
            (host.Job() with { Grammar = new OutputGrammar(GrammarKind.JsonSchema, """{"not":{}}""") }, "grammar: not at #"),
        ];
        foreach ((JobSpec job, string words) in cases)
        {
            InferenceException refusal = await Assert.ThrowsAsync<InferenceException>(
                () => host.Backend.AdmitAsync(job, TestContext.Current.CancellationToken).AsTask());
            Assert.Equal(InferenceErrorCode.BadParameter, refusal.Code);
            Assert.StartsWith(words, refusal.Message, StringComparison.Ordinal);
        }
    }

    private static JobSpec With(JobSpec job, Func<SamplingParameters, SamplingParameters> change) => job with { Sampling = change(job.Sampling) };
}
