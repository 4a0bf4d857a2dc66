using CocoonP2P.Inference.Scheduling;
using CsCheck;

namespace CocoonP2P.Tests.Inference.Scheduling;

public sealed class PrefillBucketsTests
{
    [Fact]
    public void Every_prompt_is_cut_into_runs_that_lie_within_the_slot() =>
        Gen.Select(Gen.Int[64, 300], Gen.Double[0, 1], Gen.Double[0.1, 40].Array[1, 40]).Sample(
            (capacity, part, times) =>
            {
                PrefillBuckets buckets = new();
                int prompt = 1 + (int)(part * (capacity - 2)), start = 0;
                for (int i = 0; start < prompt; i++)
                {
                    (int tokens, int bucket) = buckets.Choose(start, prompt - start, capacity);
                    Assert.True(tokens >= 1 && tokens <= bucket && start + bucket <= capacity);
                    Assert.True(bucket is >= 2 and <= 64 && int.IsPow2(bucket));
                    buckets.Timed(bucket, TimeSpan.FromMilliseconds(times[i % times.Length] * bucket));
                    start += tokens;
                }
            },
            iter: 5_000);

    [Fact]
    public void The_longest_run_that_keeps_a_step_short_is_used()
    {
        PrefillBuckets buckets = new();
        buckets.Timed(16, TimeSpan.FromMilliseconds(31));
        Assert.Equal((32, 32), buckets.Choose(0, 1000, 4096));
        buckets.Timed(32, TimeSpan.FromMilliseconds(120));
        Assert.Equal((16, 16), buckets.Choose(0, 1000, 4096));
        Assert.Equal((3, 4), buckets.Choose(0, 3, 4096));
    }
}
