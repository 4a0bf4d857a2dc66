using System.Security.Cryptography;
using System.Text;

namespace CocoonP2P.Attestation.Simulated;

/// <summary>A quote and the collateral that goes with it, before either is signed: what a fault works on.</summary>
internal sealed class SimulatedEvidence
{
    public const int PckSerial = 100;
    public const int PlatformCaSerial = 2;
    public const int TcbSigningSerial = 3;

    private const string Prefix = SimulatedRoot.NamePrefix;

    /// <summary>Issued at the start of the day before, so that clocks a little apart agree on what is valid.</summary>
    private static readonly TimeSpan IssuedBefore = TimeSpan.FromDays(1);

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    public SimulatedEvidence(SimulatedKeys keys, SimulatedTd td, string platform, DateTimeOffset at)
    {
        Keys = keys;
        Platform = platform;
        Issued = new DateTimeOffset(at.UtcDateTime.Date, TimeSpan.Zero) - IssuedBefore;
        NextUpdate = Issued + Lifetime;
        Root = new()
        {
            Subject = $"{Prefix} Root CA", Issuer = $"{Prefix} Root CA", Key = keys.Root, Signer = keys.Root, IsCa = true, KeyUsage = 0x06,
        };
        PlatformCa = new()
        {
            Subject = $"{Prefix} PCK Platform CA", Issuer = Root.Subject, Key = keys.PlatformCa, Signer = keys.Root,
            Serial = PlatformCaSerial, IsCa = true, PathLength = 0, KeyUsage = 0x06,
        };
        TcbSigning = new()
        {
            Subject = $"{Prefix} TCB Signing", Issuer = Root.Subject, Key = keys.TcbSigning, Signer = keys.Root, Serial = TcbSigningSerial,
        };
        Pck = new()
        {
            Subject = $"{Prefix} PCK Certificate", Issuer = PlatformCa.Subject, Key = keys.Pck(platform), Signer = keys.PlatformCa,
            Serial = PckSerial, Sgx = new SgxExtensionSpec { Ppid = PpidOf(platform), Fmspc = Convert.FromHexString(SimulatedDocuments.Fmspc) },
        };
        RootCrl = new() { Issuer = Root.Subject, Signer = keys.Root, ThisUpdate = Issued, NextUpdate = NextUpdate };
        PckCrl = new() { Issuer = PlatformCa.Subject, Signer = keys.PlatformCa, ThisUpdate = Issued, NextUpdate = NextUpdate };
        TcbInfo = new SignedJsonSpec("tcbInfo", SimulatedDocuments.TcbInfo(Issued, NextUpdate), keys.TcbSigning);
        QeIdentity = new SignedJsonSpec("enclaveIdentity", SimulatedDocuments.QeIdentity(Issued, NextUpdate), keys.TcbSigning);
        Quote = new QuoteSpec(td, keys.Attestation(platform), keys.Pck(platform));
        Chain = () => [Pck.Encode(), PlatformCa.Encode(), Root.Encode()];
        CrlIssuerChain = () => [PlatformCa.Encode(), Root.Encode()];
        SigningChain = () => [TcbSigning.Encode(), Root.Encode()];
        EncodedPckCrl = () => PckCrl.Encode();
    }

    public SimulatedKeys Keys { get; }

    public string Platform { get; }

    public DateTimeOffset Issued { get; }

    public DateTimeOffset NextUpdate { get; }

    public CertificateSpec Root { get; }

    public CertificateSpec PlatformCa { get; }

    public CertificateSpec TcbSigning { get; }

    public CertificateSpec Pck { get; }

    public RevocationListSpec RootCrl { get; }

    public RevocationListSpec PckCrl { get; }

    public SignedJsonSpec TcbInfo { get; }

    public SignedJsonSpec QeIdentity { get; }

    public QuoteSpec Quote { get; }

    /// <summary>The certificates in the quote, leaf first.</summary>
    public Func<byte[][]> Chain { get; set; }

    public Func<byte[][]> CrlIssuerChain { get; set; }

    public Func<byte[][]> SigningChain { get; set; }

    public Func<byte[]> EncodedPckCrl { get; set; }

    /// <summary>Applied to the text of the chain in the quote.</summary>
    public Func<string, string> AfterPem { get; set; } = pem => pem;

    public string ChainPem() => AfterPem(Pem(Chain()));

    public CollateralBundle EncodeCollateral() => new()
    {
        TcbInfo = TcbInfo.Encode(),
        QeIdentity = QeIdentity.Encode(),
        TcbSigningChain = Encoding.ASCII.GetBytes(Pem(SigningChain())),
        PckCrl = EncodedPckCrl(),
        PckCrlIssuerChain = Encoding.ASCII.GetBytes(Pem(CrlIssuerChain())),
        RootCaCrl = RootCrl.Encode(),
    };

    private static byte[] PpidOf(string platform) => SHA256.HashData(Encoding.UTF8.GetBytes("simulated platform " + platform))[..16];

    private static string Pem(byte[][] certificates) =>
        string.Concat(certificates.Select(certificate => PemEncoding.WriteString("CERTIFICATE", certificate) + "\n"));
}
