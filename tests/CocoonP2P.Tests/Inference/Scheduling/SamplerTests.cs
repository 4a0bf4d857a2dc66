using CocoonP2P.Inference;
using CocoonP2P.Inference.Scheduling;
using CsCheck;

namespace CocoonP2P.Tests.Inference.Scheduling;

public sealed class SamplerTests
{
    private const int Vocabulary = 200;

    private static readonly Gen<float[]> Rows = Gen.Float[-12, 12].Array[Vocabulary];

    [Fact]
    public void At_temperature_zero_the_lowest_id_of_the_largest_wins()
    {
        float[] row = new float[Vocabulary];
        (row[7], row[90], row[91]) = (-1, 5, 5);
        Assert.Equal(90, Sample(row, new SamplingParameters { Temperature = 0 }));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_row_that_is_not_numbers_gives_no_token(float bad)
    {
        float[] row = new float[Vocabulary];
        row[100] = bad;
        Assert.Equal(Sampler.BadLogits, Sample(row, new SamplingParameters()));
        Assert.Equal(Sampler.BadLogits, Sample(row, new SamplingParameters { Temperature = 0 }));
    }

    [Fact]
    public void A_token_outside_top_k_top_p_or_min_p_is_never_drawn() =>
        Gen.Select(Rows, Gen.Int[1, 30], Gen.Float[0.01f, 1], Gen.Float[0, 1], Gen.ULong).Sample(
            (row, topK, topP, minP, seed) =>
            {
                int id = Sample(row, new SamplingParameters { TopK = topK, TopP = topP, MinP = minP, Seed = seed });
                int[] sorted = [.. Enumerable.Range(0, Vocabulary).OrderByDescending(i => row[i]).ThenBy(i => i)];
                int rank = Array.IndexOf(sorted, id);
                Assert.True(rank < topK);

                double[] weights = [.. sorted.Take(topK).Select(i => Math.Exp((double)row[i] - row[sorted[0]]))];
                double before = weights.Take(rank).Sum() / weights.Sum();
                Assert.True(before <= topP + 1e-6);
                Assert.True(weights[rank] >= minP - 1e-6);
            },
            iter: 2_000);

    [Fact]
    public void Tokens_are_drawn_as_often_as_their_weight_says()
    {
        float[] row = [.. Enumerable.Range(0, Vocabulary).Select(i => i < 4 ? MathF.Log(i + 1) : -60f)];
        int[] counts = new int[Vocabulary];
        Sampler sampler = new(Vocabulary);
        for (int position = 0; position < 20_000; position++)
        {
            counts[sampler.Sample(row, new SamplingParameters { Seed = 3 }, null, position)]++;
        }

        for (int id = 0; id < 4; id++)
        {
            Assert.InRange(counts[id], ((id + 1) * 2_000) - 250, ((id + 1) * 2_000) + 250);
        }

        Assert.Equal(0, counts.Skip(4).Sum());
    }

    [Fact]
    public void Penalties_push_down_what_was_said()
    {
        int[] prompt = [5];
        JobSpec job = new(new byte[32], prompt, 9, new SamplingParameters { RepetitionPenalty = 2, PresencePenalty = 1, FrequencyPenalty = 0.5f }, []);
        TokenCounts counts = TokenCounts.For(job, Vocabulary)!;
        counts.Add(6);
        counts.Add(6);
        float[] row = [.. Enumerable.Repeat(4f, Vocabulary)];
        counts.Apply(row, job.Sampling);
        Assert.Equal([4f, 2f, 0f], row[4..7]);
        Assert.Null(TokenCounts.For(job with { Sampling = new SamplingParameters() }, Vocabulary));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        float[] row = [.. Enumerable.Range(0, Vocabulary).Select(i => i * 0.05f)];
        Sampler sampler = new(Vocabulary);
        SamplingParameters parameters = new() { TopK = 50, TopP = 0.9f, Seed = 1 };
        sampler.Sample(row, parameters, null, 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int position = 1; position < 100; position++)
        {
            sampler.Sample(row, parameters, null, position);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static int Sample(float[] row, SamplingParameters parameters) => new Sampler(Vocabulary).Sample(row, parameters, null, 42);
}
