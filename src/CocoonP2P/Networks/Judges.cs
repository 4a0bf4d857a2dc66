using CocoonP2P.Attestation;
using CocoonP2P.Sessions;

namespace CocoonP2P.Networks;

/// <summary>Makes the judge of evidence from what a node trusts.</summary>
internal static class Judges
{
    /// <summary>When this program was built: no honest clock shows less.</summary>
    public static readonly DateTimeOffset BuiltAt = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="trust">Policy and source of collateral.</param>
    /// <param name="floors">What was accepted before; a store that forgets lets a host serve old collateral again.</param>
    /// <param name="time">The machine's clock.</param>
    public static PolicyAppraiser Of(NetworkTrust trust, IMonotonicStore floors, TimeProvider time) =>
        new(new EvidenceAppraiser(trust.Policy, trust.Collateral, floors, new FlooredTime(time, floors, BuiltAt)), time);
}
