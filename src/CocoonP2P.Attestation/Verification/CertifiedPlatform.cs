namespace CocoonP2P.Attestation;

/// <summary>A chain whose signatures lead to the root. Dates and revocation are judged anew with every quote.</summary>
internal sealed record CertifiedPlatform(PckChain Chain, SgxExtension Sgx, P256Key PckKey);
