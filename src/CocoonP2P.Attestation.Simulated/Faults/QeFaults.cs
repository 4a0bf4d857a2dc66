namespace CocoonP2P.Attestation.Simulated;

/// <summary>Group F: QE Identity, and the quoting enclave.</summary>
internal static class QeFaults
{
    public static IEnumerable<SimulatedFault> All =>
    [
        new("qe-identity-by-another-key", ReasonCode.QeIdentitySignatureInvalid, evidence => evidence.QeIdentity.Signer = evidence.Keys["other"]),
        new("qe-identity-expired", ReasonCode.QeIdentityExpired, evidence => evidence.QeIdentity.Text =
            SimulatedDocuments.QeIdentity(evidence.Issued, evidence.Issued.AddHours(1))),
        new("qe-identity-from-the-future", ReasonCode.QeIdentityNotYetValid, evidence => evidence.QeIdentity.Text =
            SimulatedDocuments.QeIdentity(evidence.NextUpdate, evidence.NextUpdate)),
        Identity("qe-identity-of-sgx", ReasonCode.QeIdentityProfile, "\"id\":\"TD_QE\"", "\"id\":\"QE\""),
        Identity("qe-identity-version-1", ReasonCode.QeIdentityProfile, "\"version\":2", "\"version\":1"),
        Identity("qe-identity-malformed", ReasonCode.QeIdentityProfile, "\"version\":2", "\"version\":2,\"version\":2"),
        Identity("qe-status-unknown", ReasonCode.TcbStatusUnrecognized, "\"tcbStatus\":\"UpToDate\"", "\"tcbStatus\":\"SWHardeningNeeded\""),
        Report("qe-signer", ReasonCode.QeIdentityMismatch, report => report[SgxReportBody.MrSignerOffset] ^= 1),
        Report("qe-product", ReasonCode.QeIdentityMismatch, report => report[SgxReportBody.IsvProdIdOffset] = 1),
        Report("qe-misc-select", ReasonCode.QeIdentityMismatch, report => report[SgxReportBody.MiscSelectOffset] = 1),
        Report("qe-attributes", ReasonCode.QeIdentityMismatch, report => report[SgxReportBody.AttributesOffset] ^= 0x20),
        new("qe-debug", ReasonCode.QeDebug, evidence =>
        {
            evidence.QeIdentity.Replace("\"attributesMask\":\"FB", "\"attributesMask\":\"F9");
            evidence.Quote.QeReport[SgxReportBody.AttributesOffset] |= 2;
        }),
        Report("qe-below-all-levels", ReasonCode.TcbNotSupported, report => report[SgxReportBody.IsvSvnOffset] = 0),
        Report("qe-revoked", ReasonCode.TcbRevoked, report => report[SgxReportBody.IsvSvnOffset] = 1),
        Report("qe-out-of-date", ReasonCode.TcbPolicyStatus, report => report[SgxReportBody.IsvSvnOffset] = 3),
    ];

    private static SimulatedFault Identity(string name, ReasonCode expected, string old, string replacement) =>
        new(name, expected, evidence => evidence.QeIdentity.Replace(old, replacement));

    private static SimulatedFault Report(string name, ReasonCode expected, Action<byte[]> edit) =>
        new(name, expected, evidence => edit(evidence.Quote.QeReport));
}
