using CocoonP2P.Inference;
using CocoonP2P.Jobs;

namespace CocoonP2P.Tests.Jobs;

public sealed class JobCommitmentsTests
{
    private static readonly byte[] Exporter = new byte[48];
    private static readonly JobSpec Plain = new(new byte[32], new[] { 1, 2 }, 10, new SamplingParameters(), []);

    [Fact]
    public void The_request_commits_to_every_part_of_the_specification()
    {
        JobSpec[] different =
        [
            Plain,
            Plain with { MaxTokens = 11 },
            Plain with { PromptIds = new[] { 1, 3 } },
            Plain with { Resume = new[] { 5 } },
            Plain with { TopLogprobs = 0 },
            Plain with { Grammar = new OutputGrammar(GrammarKind.JsonObject, "") },
            Plain with { Grammar = new OutputGrammar(GrammarKind.JsonSchema, "{}") },
            Plain with { Grammar = new OutputGrammar(GrammarKind.Tools, "{}") },
            Plain with { Inputs = [2] },
            Plain with { Inputs = [1, 1] },
            Plain with { Stop = ["end"] },
            Plain with { Sampling = new SamplingParameters { Choice = 1 } },
            Plain with { Sampling = new SamplingParameters { Bias = [new LogitBias(1, 1)] } },
            Plain with { Sampling = new SamplingParameters { Bias = [new LogitBias(1, 2)] } },
            Plain with { Sampling = new SamplingParameters { Seed = 1 } },
        ];
        Assert.Equal(different.Length, different.Select(spec => Convert.ToHexString(JobCommitments.Request(Exporter, spec))).Distinct().Count());
    }

    [Fact]
    public void Replayed_tokens_are_billed_as_prompt_and_only_new_ones_as_completion()
    {
        JobSpec resumed = Plain with { Resume = new[] { 5, 6, 7 } };
        Assert.Equal(5u, JobBill.Limits(resumed).Prompt);
        Assert.Equal(7u, JobBill.Limits(resumed).Completion);
        Assert.Equal(new CocoonP2P.Payments.Usage(5, Completion: 2), JobBill.Used(resumed, 2));
        Assert.Equal(0u, JobBill.Limits(Plain with { Inputs = [2] }).Completion);
    }
}
