namespace CocoonP2P.Attestation.Simulated;

/// <summary>Group D: revocation lists.</summary>
internal static class RevocationListFaults
{
    public static IEnumerable<SimulatedFault> All =>
    [
        new("pck-crl-missing", ReasonCode.CollateralMissing, evidence => evidence.EncodedPckCrl = () => []),
        .. Both("signature", ReasonCode.CrlSignatureInvalid, (list, evidence) => list.Signer = evidence.Keys["other"]),
        .. Both("expired", ReasonCode.CrlExpired, (list, evidence) => list.NextUpdate = evidence.Issued),
        .. Both("from-the-future", ReasonCode.CrlNotYetValid, (list, evidence) => list.ThisUpdate = evidence.NextUpdate),
        .. Both("delta", ReasonCode.CrlProfile, (list, _) => list.Extra = ("2.5.29.27", true)),
        .. Both("indirect", ReasonCode.CrlProfile, (list, _) => list.Extra = ("2.5.29.28", true)),
        .. Both("critical", ReasonCode.CrlProfile, (list, _) => list.Extra = ("2.5.29.99", true)),
        .. Both("of-another-issuer", ReasonCode.CrlIssuerMismatch, (list, _) => list.Issuer = "CocoonP2P SIMULATED PCK Processor CA"),
        new("root-crl-as-pck-crl", ReasonCode.CrlIssuerMismatch, evidence => evidence.EncodedPckCrl = evidence.RootCrl.Encode),
        new("pck-crl-garbage", ReasonCode.CrlProfile, evidence => evidence.EncodedPckCrl = () => [0x30, 0x00]),
        new("tcb-signer-revoked", ReasonCode.TcbSignerRevoked, evidence => evidence.RootCrl.Revoked.Add(SimulatedEvidence.TcbSigningSerial)),
    ];

    /// <summary>The same fault in the root's list and in the platform CA's.</summary>
    private static SimulatedFault[] Both(string name, ReasonCode expected, Action<RevocationListSpec, SimulatedEvidence> edit) =>
    [
        new("root-crl-" + name, expected, evidence => edit(evidence.RootCrl, evidence)),
        new("pck-crl-" + name, expected, evidence => edit(evidence.PckCrl, evidence)),
    ];
}
