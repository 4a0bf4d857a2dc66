namespace CocoonP2P.Attestation.Simulated;

/// <summary>Group E: TCB Info and its signer.</summary>
internal static class CollateralFaults
{
    public static IEnumerable<SimulatedFault> All =>
    [
        new("tcb-info-by-another-key", ReasonCode.TcbInfoSignatureInvalid, evidence => evidence.TcbInfo.Signer = evidence.Keys["other"]),
        new("tcb-info-altered-status", ReasonCode.TcbInfoSignatureInvalid, evidence => evidence.TcbInfo.AfterSigning =
            text => text.Replace("\"OutOfDate\"", "\"UpToDate\"", StringComparison.Ordinal)),
        new("collateral-by-a-pck", ReasonCode.TcbSignerProfile, SignWithPck),
        new("signer-is-the-platform-ca", ReasonCode.TcbSignerProfile, evidence => evidence.SigningChain = evidence.CrlIssuerChain),
        Signer("signer-name", ReasonCode.TcbSignerProfile, signer => signer.Subject = "CocoonP2P SIMULATED Signing"),
        Signer("signer-is-a-ca", ReasonCode.TcbSignerProfile, signer => signer.IsCa = true),
        Signer("signer-key-usage", ReasonCode.TcbSignerProfile, signer => signer.KeyUsage = (byte)KeyUses.CertSign),
        Signer("signer-ecdsa-sha1", ReasonCode.CertificateAlgorithm, signer => signer.Algorithm = "1.2.840.10045.4.1"),
        new("signer-by-another-root", ReasonCode.TcbSignerProfile, evidence => evidence.TcbSigning.Signer = evidence.Keys["other"]),
        new("signer-expired", ReasonCode.TcbSignerExpired, evidence => evidence.TcbSigning.NotAfter = evidence.Issued),
        new("signer-not-yet-valid", ReasonCode.TcbSignerExpired, evidence => evidence.TcbSigning.NotBefore = evidence.NextUpdate),
        new("tcb-info-expired", ReasonCode.TcbInfoExpired, evidence => evidence.TcbInfo.Text =
            SimulatedDocuments.TcbInfo(evidence.Issued, evidence.Issued.AddHours(1))),
        new("tcb-info-from-the-future", ReasonCode.TcbInfoNotYetValid, evidence => evidence.TcbInfo.Text =
            SimulatedDocuments.TcbInfo(evidence.NextUpdate, evidence.NextUpdate)),
        TcbInfo("tcb-info-of-sgx", ReasonCode.TcbInfoProfile, "\"id\":\"TDX\"", "\"id\":\"SGX\""),
        TcbInfo("tcb-info-version-2", ReasonCode.TcbInfoProfile, "\"version\":3", "\"version\":2"),
        TcbInfo("tcb-info-type-1", ReasonCode.TcbInfoProfile, "\"tcbType\":0", "\"tcbType\":1"),
        TcbInfo("other-fmspc", ReasonCode.FmspcMismatch, SimulatedDocuments.Fmspc, "51c0c0000001"),
        TcbInfo("other-pceid", ReasonCode.PceIdMismatch, "\"pceId\":\"0000\"", "\"pceId\":\"0001\""),
        TcbInfo("tcb-info-without-module", ReasonCode.TcbInfoProfile, "\"tdxModule\":", "\"other\":"),
        TcbInfo("tcb-info-15-components", ReasonCode.TcbInfoProfile, "[{\"svn\":5},", "["),
        TcbInfo("tcb-info-17-components", ReasonCode.TcbInfoProfile, "[{\"svn\":5},", "[{\"svn\":5},{\"svn\":5},"),
        TcbInfo(
            "tcb-info-equal-levels",
            ReasonCode.TcbInfoProfile,
            "\"tcbLevels\":[{\"tcb\":{\"sgx",
            "\"tcbLevels\":[" + SimulatedDocuments.Level(5, "OutOfDate", "") + ",{\"tcb\":{\"sgx"),
        TcbInfo("tcb-status-unknown", ReasonCode.TcbStatusUnrecognized, "\"tcbStatus\":\"UpToDate\",\"advisory", "\"tcbStatus\":\"Fine\",\"advisory"),
        new("tcb-info-without-levels", ReasonCode.TcbInfoProfile, evidence =>
        {
            string text = evidence.TcbInfo.Text;
            evidence.TcbInfo.Text = text[..text.LastIndexOf("\"tcbLevels\":", StringComparison.Ordinal)] + "\"tcbLevels\":[]}";
        }),
        new("platform-below-all-levels", ReasonCode.TcbNotSupported, evidence => evidence.Pck.Sgx!.Svns[3] = 0),
        new("pcesvn-below-all-levels", ReasonCode.TcbNotSupported, evidence => evidence.Pck.Sgx!.Svns[SgxExtensionSpec.PceSvnField - 1] = 0),
        new("module-unknown", ReasonCode.TdxModuleMismatch, evidence => evidence.Quote.Body[1] = 3),
        TcbInfo("module-list-absent", ReasonCode.TdxModuleMismatch, "\"tdxModuleIdentities\":", "\"other\":"),
        new("module-below-all-levels", ReasonCode.TcbNotSupported, evidence => evidence.Quote.Body[0] = 0),
        new("module-revoked", ReasonCode.TcbRevoked, evidence => evidence.Quote.Body[0] = 2),
        new("platform-revoked", ReasonCode.TcbRevoked, evidence => evidence.Pck.Sgx!.Svns[0] = 2),
        new("module-signer", ReasonCode.TdxModuleMismatch, evidence => evidence.Quote.Body[64] = 1),
        new("module-attributes", ReasonCode.TdxModuleMismatch, evidence => evidence.Quote.Body[112] = 1),
        new("current-versions-not-supported", ReasonCode.TcbNotSupported, evidence => evidence.Quote.Body[584] = 0),
        new("current-versions-revoked", ReasonCode.TcbRevoked, evidence => evidence.Quote.Body[584] = 1),
    ];

    private static SimulatedFault Signer(string name, ReasonCode expected, Action<CertificateSpec> edit) =>
        new(name, expected, evidence => edit(evidence.TcbSigning));

    private static SimulatedFault TcbInfo(string name, ReasonCode expected, string old, string replacement) =>
        new(name, expected, evidence => evidence.TcbInfo.Replace(old, replacement));

    /// <summary>A genuine chain and a genuine signature, by a key that any owner of a platform has.</summary>
    private static void SignWithPck(SimulatedEvidence evidence)
    {
        evidence.SigningChain = evidence.Chain;
        evidence.TcbInfo.Signer = evidence.QeIdentity.Signer = evidence.Keys.Pck(evidence.Platform);
    }
}
