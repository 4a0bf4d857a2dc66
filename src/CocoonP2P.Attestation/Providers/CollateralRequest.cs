namespace CocoonP2P.Attestation;

/// <summary>Which collateral is needed.</summary>
/// <param name="Root">The root that the quote chose.</param>
/// <param name="Fmspc">The platform family, 6 bytes in lower-case hexadecimal.</param>
/// <param name="Early">Intel's early channel instead of the standard one.</param>
public sealed record CollateralRequest(RootOfTrust Root, string Fmspc, bool Early);
