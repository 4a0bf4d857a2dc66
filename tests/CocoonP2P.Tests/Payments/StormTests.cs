using CocoonP2P.Payments;
using CsCheck;

namespace CocoonP2P.Tests.Payments;

public sealed class StormTests
{
    [Fact]
    public void Loss_reordering_duplication_and_crashes_lose_no_coin_and_end_in_one_split() =>
        Gen.Int[0, int.MaxValue].Sample(
            seed =>
            {
                ModelPair pair = new ModelStorm(seed).Run(600);
                Assert.Equal(ChannelPhase.Closed, pair.Client.State.Phase);
                Assert.Equal(ChannelPhase.Closed, pair.Worker.State.Phase);

                // What the client signed last is what the worker held, and what it got: neither more (I3) nor less (I5, I9).
                ulong signed = pair.Client.Signed.Count == 0 ? 0 : pair.Client.Signed.Values.Max(body => body.Cumulative.Value);
                Assert.Equal(signed, pair.Contract.ToWorker);
                Assert.Equal(pair.Deposit + 20_000_000, pair.Contract.ToWorker + pair.Contract.ToClient);

                // One number, one body, on both sides (I7).
                Assert.All(pair.Worker.Signed, state => Assert.Equal(pair.Client.Signed[state.Key], state.Value));
            },
            iter: 20,
            threads: 1);
}
