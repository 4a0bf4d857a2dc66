namespace CocoonP2P.Attestation;

/// <summary>Why evidence, collateral or a policy was refused. Names and numbers are stable: docs/protocol/attestation.md.</summary>
public enum ReasonCode
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    // The bytes of the quote (S0).
    /// <summary>The quote ends before its fixed fields do.</summary>
    QuoteTooShort = 101,

    /// <summary>A size limit on the quote or on what follows it is exceeded.</summary>
    QuoteTooLarge = 102,

    /// <summary>The version is neither 4 nor 5.</summary>
    UnsupportedVersion = 103,

    /// <summary>Not a quote of a trust domain.</summary>
    WrongTeeType = 104,

    /// <summary>The attestation key is not ECDSA P-256.</summary>
    UnsupportedAttestationKeyType = 105,

    /// <summary>A reserved header field is set.</summary>
    HeaderReservedNonZero = 106,

    /// <summary>The quoting enclave's vendor is not the one that belongs to the root.</summary>
    UnknownQeVendor = 107,

    /// <summary>A version 5 body type that does not exist.</summary>
    UnsupportedBodyType = 108,

    /// <summary>An SGX body under the TEE type of TDX.</summary>
    BodyTypeMismatch = 109,

    /// <summary>The body's stated size is not its type's.</summary>
    BodySizeMismatch = 110,

    /// <summary>The signature data ends early.</summary>
    AuthDataTruncated = 111,

    /// <summary>The signature data holds bytes that nothing describes.</summary>
    AuthDataTrailing = 112,

    /// <summary>The outer certification data is not of type 6.</summary>
    UnsupportedCertificationData = 113,

    /// <summary>The outer certification data does not fill its place.</summary>
    CertificationDataSize = 114,

    /// <summary>The inner certification data is not a PEM chain (type 5).</summary>
    UnsupportedPckCertData = 115,

    /// <summary>Bytes follow the inner certification data.</summary>
    CertificationDataTrailing = 116,

    /// <summary>The quoting enclave's authentication data ends early.</summary>
    QeAuthDataTruncated = 117,

    // Signatures and bindings inside the quote (S10 to S13).
    /// <summary>The attestation key did not sign this header and body.</summary>
    QuoteSignatureInvalid = 201,

    /// <summary>The attestation key is not a point of the curve.</summary>
    AttestationKeyInvalid = 202,

    /// <summary>The PCK did not sign this quoting enclave report.</summary>
    QeReportSignatureInvalid = 203,

    /// <summary>The quoting enclave did not vouch for this attestation key.</summary>
    QeReportDataMismatch = 204,

    // Certificates (S1, S3, S9).
    /// <summary>Not exactly leaf, intermediate and root, each issued by the next.</summary>
    PckChainMalformed = 301,

    /// <summary>The chain ends in a root that the policy does not trust.</summary>
    UntrustedRoot = 302,

    /// <summary>A certificate was not signed by its issuer.</summary>
    PckChainSignatureInvalid = 303,

    /// <summary>A CA flag, path length, key usage or critical extension forbids the use.</summary>
    CertificateConstraint = 304,

    /// <summary>Not ECDSA P-256 with SHA-256.</summary>
    CertificateAlgorithm = 305,

    /// <summary>A certificate's validity is over.</summary>
    PckCertificateExpired = 306,

    /// <summary>A certificate's validity has not begun.</summary>
    PckCertificateNotYetValid = 307,

    /// <summary>A certificate has another role's name.</summary>
    PckCertificateProfile = 308,

    /// <summary>The platform description in the PCK certificate is incomplete or ambiguous.</summary>
    SgxExtensionMalformed = 309,

    /// <summary>The platform's certificate is on the revocation list.</summary>
    PckCertificateRevoked = 310,

    /// <summary>The platform CA is on the root's revocation list.</summary>
    IntermediateRevoked = 311,

    // Revocation lists (S2, S4).
    /// <summary>Collateral is missing or could not be had.</summary>
    CollateralMissing = 401,

    /// <summary>A revocation list was not signed by its issuer.</summary>
    CrlSignatureInvalid = 402,

    /// <summary>A revocation list of another issuer.</summary>
    CrlIssuerMismatch = 403,

    /// <summary>A revocation list's next update is past.</summary>
    CrlExpired = 404,

    /// <summary>A revocation list from the future.</summary>
    CrlNotYetValid = 405,

    /// <summary>Malformed, partial or indirect, or with an unknown critical extension.</summary>
    CrlProfile = 406,

    /// <summary>Older than a revocation list accepted before.</summary>
    CrlRollback = 407,

    /// <summary>The collateral signer is on the root's revocation list.</summary>
    TcbSignerRevoked = 408,

    // TCB Info and the evaluation (S5, S6, S8, S14 to S16).
    /// <summary>The collateral signer did not sign this TCB Info.</summary>
    TcbInfoSignatureInvalid = 501,

    /// <summary>The collateral's signer is not a TCB Signing certificate issued by the root.</summary>
    TcbSignerProfile = 502,

    /// <summary>The collateral's signer is outside its validity.</summary>
    TcbSignerExpired = 503,

    /// <summary>TCB Info's next update is past.</summary>
    TcbInfoExpired = 504,

    /// <summary>TCB Info from the future.</summary>
    TcbInfoNotYetValid = 505,

    /// <summary>Signed, but not a TDX TCB Info of version 3.</summary>
    TcbInfoProfile = 506,

    /// <summary>Not strict JSON of the expected shape.</summary>
    TcbInfoMalformed = 507,

    /// <summary>A status that this version does not know.</summary>
    TcbStatusUnrecognized = 508,

    /// <summary>TCB Info of another platform family.</summary>
    FmspcMismatch = 509,

    /// <summary>TCB Info of another provisioning enclave.</summary>
    PceIdMismatch = 510,

    /// <summary>No TCB level covers the platform, its module or its quoting enclave.</summary>
    TcbNotSupported = 511,

    /// <summary>The TDX module is not one that TCB Info names.</summary>
    TdxModuleMismatch = 512,

    /// <summary>The platform, module or quoting enclave is revoked.</summary>
    TcbRevoked = 513,

    /// <summary>The TCB evaluation data number is below the policy's minimum.</summary>
    TcbEvaluationTooOld = 514,

    /// <summary>Older than collateral accepted before.</summary>
    CollateralRollback = 515,

    // QE Identity (S7, S12).
    /// <summary>The collateral signer did not sign this QE Identity.</summary>
    QeIdentitySignatureInvalid = 601,

    /// <summary>QE Identity's next update is past.</summary>
    QeIdentityExpired = 602,

    /// <summary>QE Identity from the future.</summary>
    QeIdentityNotYetValid = 603,

    /// <summary>Malformed, or not a TDX QE Identity of version 2.</summary>
    QeIdentityProfile = 604,

    /// <summary>The quoting enclave is not the one that QE Identity names.</summary>
    QeIdentityMismatch = 605,

    /// <summary>A debuggable quoting enclave.</summary>
    QeDebug = 606,

    // Appraisal (S17 to S19).
    /// <summary>The host can read this trust domain's memory.</summary>
    TdDebug = 701,

    /// <summary>An unknown or reserved TD attribute is set.</summary>
    TdAttributesReserved = 702,

    /// <summary>The host can inject exceptions by unmapping pages.</summary>
    SeptVeDisableNotSet = 703,

    /// <summary>The trust domain may be migrated by a service that no rule names.</summary>
    TdMigratable = 704,

    /// <summary>A TD attribute is set that the policy does not name.</summary>
    TdAttributesPolicy = 705,

    /// <summary>The extended features differ from what the policy allows.</summary>
    XfamPolicy = 706,

    /// <summary>No reference value matches as a whole.</summary>
    MeasurementMismatch = 707,

    /// <summary>A service TD is bound that no rule names.</summary>
    MrServiceTdNotAllowed = 708,

    /// <summary>The TDX module's measurement or version fails a rule.</summary>
    SeamPolicy = 709,

    /// <summary>A partition of a trust domain.</summary>
    PartitionedTd = 710,

    /// <summary>The trust domain was started under another service TD.</summary>
    MigratedTd = 711,

    /// <summary>The quote was made for other data.</summary>
    ReportDataMismatch = 712,

    /// <summary>The TCB status is not one that the policy accepts.</summary>
    TcbPolicyStatus = 713,

    /// <summary>The platform is subject to an advisory that the policy rejects.</summary>
    TcbPolicyAdvisory = 714,

    /// <summary>The TCB level is older than the policy accepts.</summary>
    TcbPolicyDate = 715,

    /// <summary>The platform is denied, or not among those allowed.</summary>
    TcbPolicyPlatform = 716,

    /// <summary>Simulated evidence, and the policy is not that of a simulated network.</summary>
    SimulatedTeeNotAllowed = 717,

    /// <summary>The policy is malformed, contradicts itself or denies everything.</summary>
    PolicyInvalid = 718,

    /// <summary>The event log does not lead to the quote's registers.</summary>
    EventLogReplayMismatch = 719,

    /// <summary>The event log is missing or ends inside an event.</summary>
    EventLogTruncated = 720,

    /// <summary>An event without exactly one SHA-384 digest.</summary>
    EventLogAlgorithm = 721,

    /// <summary>A limit on the event log is exceeded.</summary>
    EventLogTooLarge = 722,

    // Time.
    /// <summary>The clock is behind something that was already seen to be signed.</summary>
    ClockRollback = 801,
}
