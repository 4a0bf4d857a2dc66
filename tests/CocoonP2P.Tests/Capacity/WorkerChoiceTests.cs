using CocoonP2P.Capacity;
using CsCheck;
using static CocoonP2P.Tests.Capacity.OfferSamples;

namespace CocoonP2P.Tests.Capacity;

public sealed class WorkerChoiceTests
{
    private static readonly ushort[] Simulated = [0x8001];

    [Fact]
    public void Only_workers_that_could_run_the_job_are_eligible()
    {
        CapacityOffer[] offers =
        [
            Of(1),
            Of(2, free: 0),
            Of(3, tee: 0x0001),
            Of(4) with { Models = [Of(4).Models[0] with { ContextTokens = 100 }] },
            Of(5) with { Models = [Of(5).Models[0] with { Id = new byte[32] }] },
        ];

        IReadOnlyList<Candidate> eligible = WorkerChoice.Eligible(offers, Model, 100, 50, Simulated);

        Assert.Same(offers[0], Assert.Single(eligible).Offer);
    }

    [Fact]
    public void Of_two_candidates_the_dearer_is_never_picked_over_the_cheaper() =>
        Gen.ULong.Sample(random =>
        {
            IReadOnlyList<Candidate> two = WorkerChoice.Eligible([Of(1, price: 100), Of(2, price: 200)], Model, 10, 10, Simulated);
            bool cheapDrawn = random % 2 == 0 || (random >> 32) % 2 == 0;
            return (WorkerChoice.PickOne(two, random).Model.PromptPrice == 100) == cheapDrawn;
        });
}
