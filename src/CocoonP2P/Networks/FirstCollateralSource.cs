using CocoonP2P.Attestation;

namespace CocoonP2P.Networks;

/// <summary>Asks several sources in order. What they send is signed by Intel, so the first that answers is as good as any.</summary>
internal sealed class FirstCollateralSource(IReadOnlyList<ICollateralSource> sources) : ICollateralSource
{
    public async ValueTask<CollateralBundle?> GetAsync(CollateralRequest request, CancellationToken cancellationToken)
    {
        foreach (ICollateralSource source in sources)
        {
            if (await source.GetAsync(request, cancellationToken) is CollateralBundle found)
            {
                return found;
            }
        }

        return null;
    }
}
