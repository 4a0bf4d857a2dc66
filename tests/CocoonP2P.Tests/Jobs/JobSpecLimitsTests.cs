using CocoonP2P.Inference;
using CocoonP2P.Jobs;
using CocoonP2P.Protocol;
using CocoonP2P.Sessions;

namespace CocoonP2P.Tests.Jobs;

public sealed class JobSpecLimitsTests
{
    private static readonly JobTermsFields Terms = new(new byte[16], new byte[32], new byte[32], 0, new byte[32], new byte[32], new byte[32]);
    private static readonly JobSpec Sound = new(new byte[32], new[] { 1, 2, 3 }, 10, new SamplingParameters(), []);

    public static TheoryData<string> Unsound => [.. Specs.Keys];

    private static IReadOnlyDictionary<string, JobSpec> Specs => new Dictionary<string, JobSpec>
    {
        ["a resume as long as the answer"] = Sound with { Resume = new int[10] },
        ["a negative token to resume from"] = Sound with { Resume = new[] { -1 } },
        ["prompt and resume beyond the limit"] = Sound with { PromptIds = new int[Limits.PromptTokens], MaxTokens = 10, Resume = new int[1] },
        ["21 alternatives"] = Sound with { TopLogprobs = 21 },
        ["alternatives below none"] = Sound with { TopLogprobs = -2 },
        ["a schema above 64 KiB"] = Sound with { Grammar = new OutputGrammar(GrammarKind.JsonSchema, new string('x', Limits.GrammarBytes + 1)) },
        ["a schema grammar without one"] = Sound with { Grammar = new OutputGrammar(GrammarKind.JsonSchema, "") },
        ["an object grammar with one"] = Sound with { Grammar = new OutputGrammar(GrammarKind.JsonObject, "{}") },
        ["choice 128"] = Sound with { Sampling = new SamplingParameters { Choice = 128 } },
        ["301 biases"] = Sound with { Sampling = new SamplingParameters { Bias = new LogitBias[301] } },
        ["a bias above 100"] = Sound with { Sampling = new SamplingParameters { Bias = [new LogitBias(1, 101)] } },
        ["a bias that is no number"] = Sound with { Sampling = new SamplingParameters { Bias = [new LogitBias(1, float.NaN)] } },
        ["lengths that are not the prompt's"] = Sound with { Inputs = [1, 1] },
        ["an empty input"] = Sound with { Inputs = [3, 0] },
        ["an embedding that resumes"] = Sound with { Inputs = [3], Resume = new int[1] },
        ["an embedding with a grammar"] = Sound with { Inputs = [3], Grammar = new OutputGrammar(GrammarKind.JsonObject, "") },
    };

    [Theory]
    [MemberData(nameof(Unsound))]
    public void Is_no_specification(string name)
    {
        byte[] bytes = Wire.Encode<JobMessage>(new JobRequest(new byte[32], Terms, Specs[name], default));
        Assert.False(Wire.TryDecode<JobMessage>(bytes, SessionLimits.RecordBytes, out _, out PeerFault? fault));
        Assert.Equal("malformed", fault.Code);
    }

    [Fact]
    public void The_largest_request_fits_a_record()
    {
        JobSpec largest = Sound with
        {
            PromptIds = new int[Limits.PromptTokens - 1],
            Resume = new int[1],
            Stop = [.. Enumerable.Repeat(new string('s', Limits.StopBytes), Limits.StopStrings)],
            Grammar = new OutputGrammar(GrammarKind.Tools, new string('x', Limits.GrammarBytes)),
            Sampling = new SamplingParameters { Bias = new LogitBias[Limits.LogitBiases] },
        };
        byte[] bytes = Wire.Encode<JobMessage>(new JobRequest(new byte[32], Terms, largest, default));
        Assert.InRange(bytes.Length, 1, SessionLimits.RecordBytes - 64);
        Assert.True(Wire.TryDecode<JobMessage>(bytes, SessionLimits.RecordBytes, out _, out _));
    }

    [Fact]
    public void The_largest_chunk_and_the_largest_part_of_vectors_fit_a_record()
    {
        TokenLogprobs dear = new(-1, [.. Enumerable.Repeat(new TokenAlternative(1, -1), Limits.TopLogprobs)]);
        JobChunk chunk = new(new byte[32], 0, new int[Limits.ChunkTokens]) { Logprobs = [.. Enumerable.Repeat(dear, Limits.ChunkTokens)] };
        Assert.True(Wire.TryDecode<JobMessage>(Wire.Encode<JobMessage>(chunk), SessionLimits.RecordBytes - 64, out _, out _));
        JobVectors vectors = new(new byte[32], 0, new float[Limits.VectorPartValues]);
        Assert.True(Wire.TryDecode<JobMessage>(Wire.Encode<JobMessage>(vectors), SessionLimits.RecordBytes - 64, out _, out _));
    }

    [Fact]
    public void A_likelihood_beyond_what_json_can_say_is_sent_as_the_least()
    {
        JobChunk sent = new(new byte[32], 0, [7]) { Logprobs = [new TokenLogprobs(float.NegativeInfinity, [new TokenAlternative(1, 0.001f)])] };
        Assert.True(Wire.TryDecode(Wire.Encode<JobMessage>(sent), SessionLimits.RecordBytes, out JobMessage? got, out _));
        TokenLogprobs read = Assert.Single(Assert.IsType<JobChunk>(got).Logprobs);
        Assert.Equal(-9999, read.Logprob);
        Assert.Equal(0, read.Top[0].Logprob);
    }

    [Fact]
    public void Vectors_with_a_number_that_is_none_are_a_fault() => Assert.False(Wire.TryDecode<JobMessage>(
        Wire.Encode<JobMessage>(new JobVectors(new byte[32], 0, [1, float.NaN])), SessionLimits.RecordBytes, out _, out _));
}
