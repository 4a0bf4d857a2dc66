namespace CocoonP2P.Attestation.Simulated;

/// <summary>Collateral from the seed, without a service.</summary>
internal sealed class SimulatedCollateralSource(SimulatedTee tee, TimeProvider clock) : ICollateralSource
{
    public ValueTask<CollateralBundle?> GetAsync(CollateralRequest request, CancellationToken cancellationToken)
    {
        bool isOurs = request.Fmspc == SimulatedDocuments.Fmspc && request.Root.PublicKey.SequenceEqual(tee.Root.PublicKey);
        return ValueTask.FromResult(isOurs ? tee.Collateral(clock.GetUtcNow()) : null);
    }
}
