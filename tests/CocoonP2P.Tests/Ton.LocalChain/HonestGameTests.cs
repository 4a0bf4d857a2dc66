using CsCheck;

namespace CocoonP2P.Tests.Ton.LocalChain;

/// <summary>Honest against hostile, the hostile side with every key but one: neither bound of the money is broken.</summary>
/// <remarks>A pair: a worker who answers is not underpaid, a client is not charged beyond what it signed.</remarks>
public sealed class HonestGameTests(ChainFixture fixture) : IClassFixture<ChainFixture>
{
    private const int Games = 8;

    [Fact]
    public void Worker_who_answers_within_half_a_period_gets_what_is_owed() => Play(workerIsHonest: true);

    [Fact]
    public void Client_never_pays_more_than_it_signed_and_its_locks_allow() => Play(workerIsHonest: false);

    private void Play(bool workerIsHonest)
    {
        _ = fixture.Fresh();
        Gen.Int[0, int.MaxValue].Sample(
            seed =>
            {
                ChannelScene scene = new(fixture.Fresh());
                Assert.Equal(0, scene.Open().Exit);
                new HonestGame(scene, new Random(seed), workerIsHonest).Play();
            },
            iter: Games,
            threads: 1);
    }
}
