using CocoonP2P.Inference;
using CocoonP2P.Inference.Scheduling;
using CocoonP2P.Tests.Inference.Support;
using CsCheck;

namespace CocoonP2P.Tests.Inference;

public sealed class LogprobTests
{
    [Fact]
    public void They_are_of_the_raw_distribution_likeliest_first() =>
        Gen.Select(Gen.Float[-30, 30].Array[1, 300], Gen.Int[0, 20], Gen.Int[0, 1_000]).Sample((row, count, pick) =>
        {
            int id = pick % row.Length;
            TokenAlternative[] top = new TokenAlternative[Math.Min(count, row.Length)];
            float chosen = RawDistribution.Measure(row, id, top);
            double largest = row.Max(), total = largest + Math.Log(row.Sum(l => Math.Exp(l - largest)));
            Assert.Equal(Math.Min(0, row[id] - total), chosen, 1e-4);
            int[] expected = [.. Enumerable.Range(0, row.Length).OrderByDescending(i => row[i]).ThenBy(i => i).Take(top.Length)];
            Assert.Equal(expected, top.Select(t => t.TokenId));
            Assert.All(top, t => Assert.Equal(Math.Min(0, row[t.TokenId] - total), t.Logprob, 1e-4));
        });

    [Fact]
    public void An_impossible_token_has_a_number_still()
    {
        TokenAlternative[] top = new TokenAlternative[2];
        Assert.Equal(RawDistribution.Least, RawDistribution.Measure([0, float.NegativeInfinity], 1, top));
        Assert.Equal([new TokenAlternative(0, 0), new TokenAlternative(1, RawDistribution.Least)], top);
    }

    [Fact]
    public async Task Each_token_comes_with_its_own_and_they_change_nothing()
    {
        await using TestHost host = await TestHost.OpenAsync();
        (int[] plain, _) = await host.RunAsync(host.Job(temperature: 0));
        List<TokenLogprobs> read = [];
        Admission admission = await host.Backend.AdmitAsync(
            host.Job(temperature: 0) with { TopLogprobs = 3, Resume = plain.AsMemory(0, 2) }, TestContext.Current.CancellationToken);
        await foreach (JobEvent e in host.Backend.RunAsync(admission, TestContext.Current.CancellationToken))
        {
            if (e is JobEvent.Delta delta)
            {
                Assert.Equal(delta.TokenIds.Length, delta.Logprobs.Count);
                read.AddRange(delta.Logprobs);
            }
        }

        Assert.Equal(plain.Length - 2, read.Count);
        Assert.Equal(plain[2..], read.Select(r => r.Top[0].TokenId));
        Assert.All(read, r => Assert.Equal(r.Top[0].Logprob, r.Logprob));
        Assert.All(read, r => Assert.Equal(3, r.Top.Count));
    }
}
