namespace CocoonP2P.Attestation;

/// <summary>What is left of a bundle once it has been checked.</summary>
/// <param name="Root">The root it was checked against.</param>
/// <param name="TcbInfo">The platform family's levels.</param>
/// <param name="QeIdentity">The quoting enclave.</param>
/// <param name="RootCrl">What the root has revoked.</param>
/// <param name="PckCrl">What the platform CA has revoked.</param>
/// <param name="PlatformCa">Its certificate; a quote usually carries the same bytes.</param>
/// <param name="PlatformKey">Its key, imported.</param>
/// <param name="Windows">When all of it may be used.</param>
/// <param name="NextUpdate">From here on it is used by grace alone.</param>
internal sealed record CollateralParts(
    RootOfTrust Root,
    TcbInfo TcbInfo,
    QeIdentity QeIdentity,
    RevocationList RootCrl,
    RevocationList PckCrl,
    Certificate PlatformCa,
    P256Key PlatformKey,
    IReadOnlyList<ValidityWindow> Windows,
    DateTimeOffset NextUpdate);
