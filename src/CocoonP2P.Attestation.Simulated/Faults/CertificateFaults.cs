namespace CocoonP2P.Attestation.Simulated;

/// <summary>Group C: chains that do not certify a platform.</summary>
internal static class CertificateFaults
{
    /// <summary>A day on which simulated evidence is never judged, but for these faults.</summary>
    private static readonly DateTimeOffset LongAgo = new(2020, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset FarAhead = new(2090, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static IEnumerable<SimulatedFault> All =>
    [
        Chain("two-certificates", ReasonCode.PckChainMalformed, chain => [chain[0], chain[1]]),
        Chain("four-certificates", ReasonCode.PckChainMalformed, chain => [.. chain, chain[2]]),
        Chain("leaf-twice", ReasonCode.PckChainMalformed, chain => [chain[0], chain[0], chain[2]]),
        Chain("root-first", ReasonCode.PckChainMalformed, chain => [chain[2], chain[1], chain[0]]),
        Chain("truncated-certificate", ReasonCode.PckChainMalformed, chain => [chain[0][..^1], chain[1], chain[2]]),
        Pem("garbage-before", pem => "x" + pem),
        Pem("garbage-between", pem => pem.Replace("-----\n-----", "-----\nx\n-----", StringComparison.Ordinal)),
        Pem("garbage-after", pem => pem + "x"),
        Pem("two-nuls-after", pem => pem + "\0\0"),
        new("other-root", ReasonCode.UntrustedRoot, UseOtherRoot),
        Chain("leaf-signature", ReasonCode.PckChainSignatureInvalid, chain => [Flip(chain[0]), chain[1], chain[2]]),
        Chain("intermediate-signature", ReasonCode.PckChainSignatureInvalid, chain => [chain[0], Flip(chain[1]), chain[2]]),
        new("leaf-by-another-key", ReasonCode.PckChainSignatureInvalid, evidence => evidence.Pck.Signer = evidence.Keys["other"]),
        new("leaf-of-another-issuer", ReasonCode.PckChainMalformed, evidence => evidence.Pck.Issuer = "CocoonP2P SIMULATED PCK Processor CA"),
        Intermediate("intermediate-is-no-ca", ReasonCode.CertificateConstraint, ca => ca.IsCa = false),
        Intermediate("intermediate-path-length", ReasonCode.CertificateConstraint, ca => ca.PathLength = 1),
        Intermediate("intermediate-without-path-length", ReasonCode.CertificateConstraint, ca => ca.PathLength = null),
        Intermediate("intermediate-key-usage", ReasonCode.CertificateConstraint, ca => ca.KeyUsage = (byte)KeyUses.CertSign),
        Intermediate("intermediate-critical", ReasonCode.CertificateConstraint, ca => ca.HasUnknownCritical = true),
        Intermediate("intermediate-name", ReasonCode.PckCertificateProfile, ca => ca.Subject = "CocoonP2P SIMULATED PCK Processor CA"),
        Leaf("leaf-is-a-ca", ReasonCode.CertificateConstraint, leaf => leaf.IsCa = true),
        Leaf("leaf-key-usage", ReasonCode.CertificateConstraint, leaf => leaf.KeyUsage = (byte)KeyUses.CrlSign),
        Leaf("leaf-critical", ReasonCode.CertificateConstraint, leaf => leaf.HasUnknownCritical = true),
        Leaf("leaf-p384-key", ReasonCode.CertificateAlgorithm, leaf => leaf.EncodedKey = P384Key()),
        Leaf("leaf-ecdsa-sha1", ReasonCode.CertificateAlgorithm, leaf => leaf.Algorithm = "1.2.840.10045.4.1"),
        Leaf("leaf-rsa", ReasonCode.CertificateAlgorithm, leaf => leaf.Algorithm = "1.2.840.113549.1.1.11"),
        Leaf("leaf-name", ReasonCode.PckCertificateProfile, leaf => leaf.Subject = "CocoonP2P SIMULATED Certificate"),
        Leaf("tcb-signing-as-leaf", ReasonCode.PckCertificateProfile, leaf => leaf.Subject = "CocoonP2P SIMULATED TCB Signing"),
        Leaf("expired", ReasonCode.PckCertificateExpired, leaf => leaf.NotAfter = LongAgo),
        Leaf("leaf-not-yet-valid", ReasonCode.PckCertificateNotYetValid, leaf => leaf.NotBefore = FarAhead),
        Intermediate("intermediate-expired", ReasonCode.PckCertificateExpired, ca => ca.NotAfter = LongAgo),
        Intermediate("intermediate-not-yet-valid", ReasonCode.PckCertificateNotYetValid, ca => ca.NotBefore = FarAhead),
        new("root-expired", ReasonCode.PckCertificateExpired, evidence => evidence.Root.NotAfter = LongAgo),
        new("root-not-yet-valid", ReasonCode.PckCertificateNotYetValid, evidence => evidence.Root.NotBefore = FarAhead),
        Leaf("sgx-extension-missing", ReasonCode.SgxExtensionMalformed, leaf => leaf.Sgx = null),
        .. Enumerable.Range(1, 5).Select(arc => Sgx($"sgx-field-{arc}-missing", sgx => sgx.Missing.Add(arc))),
        Sgx("sgx-field-twice", sgx => sgx.Twice.Add(4)),
        Sgx("sgx-ppid-short", sgx => sgx.Ppid = new byte[15]),
        Sgx("sgx-fmspc-long", sgx => sgx.Fmspc = new byte[7]),
        Sgx("sgx-svn-missing", sgx => sgx.MissingSvns.Add(16)),
        Sgx("sgx-svn-256", sgx => sgx.Svns[0] = 256),
        Sgx("sgx-svn-negative", sgx => sgx.Svns[0] = -1),
        Sgx("sgx-pcesvn-65536", sgx => sgx.Svns[16] = 65536),
        new("revoked", ReasonCode.PckCertificateRevoked, evidence => evidence.PckCrl.Revoked.AddRange([7, SimulatedEvidence.PckSerial, 9])),
        new("intermediate-revoked", ReasonCode.IntermediateRevoked, evidence => evidence.RootCrl.Revoked.Add(SimulatedEvidence.PlatformCaSerial)),
    ];

    private static SimulatedFault Chain(string name, ReasonCode expected, Func<byte[][], byte[][]> edit) => new(name, expected, evidence =>
    {
        Func<byte[][]> whole = evidence.Chain;
        evidence.Chain = () => edit(whole());
    });

    private static SimulatedFault Pem(string name, Func<string, string> edit) =>
        new(name, ReasonCode.PckChainMalformed, evidence => evidence.AfterPem = edit);

    private static SimulatedFault Leaf(string name, ReasonCode expected, Action<CertificateSpec> edit) =>
        new(name, expected, evidence => edit(evidence.Pck));

    private static SimulatedFault Sgx(string name, Action<SgxExtensionSpec> edit) =>
        Leaf(name, ReasonCode.SgxExtensionMalformed, leaf => edit(leaf.Sgx!));

    /// <summary>Spoils the intermediate in the quote alone; the collateral's stays good.</summary>
    private static SimulatedFault Intermediate(string name, ReasonCode expected, Action<CertificateSpec> edit) => new(name, expected, evidence =>
    {
        byte[][] good = evidence.CrlIssuerChain();
        evidence.CrlIssuerChain = () => good;
        evidence.EncodedPckCrl = Keep(evidence.EncodedPckCrl());
        edit(evidence.PlatformCa);
        evidence.Pck.Issuer = evidence.PlatformCa.Subject;
    });

    private static void UseOtherRoot(SimulatedEvidence evidence)
    {
        byte[][] crlChain = evidence.CrlIssuerChain();
        byte[][] signingChain = evidence.SigningChain();
        evidence.CrlIssuerChain = () => crlChain;
        evidence.SigningChain = () => signingChain;
        evidence.Root.Key = evidence.Root.Signer = evidence.PlatformCa.Signer = evidence.Keys["other root"];
    }

    private static Func<byte[]> Keep(byte[] value) => () => value;

    /// <summary>Changes the signature's last bit: it stays well-formed.</summary>
    private static byte[] Flip(byte[] certificate)
    {
        certificate[^1] ^= 1;
        return certificate;
    }

    private static byte[] P384Key() => Asn.Encode(writer =>
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.840.10045.2.1");
                writer.WriteObjectIdentifier("1.3.132.0.34");
            }

            writer.WriteBitString([4, .. new byte[96]]);
        }
    });
}
