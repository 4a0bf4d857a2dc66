namespace CocoonP2P.Attestation;

/// <summary>What decides whether a network's evidence counts.</summary>
/// <param name="Policy">What evidence must be.</param>
/// <param name="Collateral">Where the platforms' collateral comes from; it is signed, so the source needs no trust.</param>
public sealed record NetworkTrust(AppraisalPolicy Policy, ICollateralSource Collateral);
