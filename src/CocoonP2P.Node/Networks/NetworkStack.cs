using CocoonP2P.Attestation;
using CocoonP2P.Hosting;
using CocoonP2P.Sessions;

namespace CocoonP2P.Node.Networks;

/// <summary>What a network's kind decides: who judges evidence, and where a worker's comes from.</summary>
/// <param name="Appraiser">By this node's policy.</param>
/// <param name="Evidence">Null where the machine has no TEE.</param>
internal sealed record NetworkStack(IEvidenceAppraiser Appraiser, NodeEvidence? Evidence)
{
    /// <summary>When this program was built: no honest clock shows less.</summary>
    public static readonly DateTimeOffset BuiltAt = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    public static PolicyAppraiser Judge(AppraisalPolicy policy, ICollateralSource collateral, TimeProvider time)
    {
        MemoryMonotonicStore floors = new();
        return new PolicyAppraiser(new EvidenceAppraiser(policy, collateral, floors, new FlooredTime(time, floors, BuiltAt)), time);
    }
}
