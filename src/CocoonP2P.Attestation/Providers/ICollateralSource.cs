namespace CocoonP2P.Attestation;

/// <summary>Where collateral comes from: a service, a peer, a disk. None of them needs trust.</summary>
public interface ICollateralSource
{
    /// <summary>Collateral for a platform family; null if it cannot be had, which is <see cref="ReasonCode.CollateralMissing"/>.</summary>
    /// <param name="request">The root and family.</param>
    /// <param name="cancellationToken">Gives up.</param>
    ValueTask<CollateralBundle?> GetAsync(CollateralRequest request, CancellationToken cancellationToken);
}
