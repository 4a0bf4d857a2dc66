using System.Text.Json;
using CocoonP2P.Attestation;

namespace CocoonP2P.Tests.Attestation;

/// <summary>Genuine quotes and collateral, tests/vectors/tdx.</summary>
internal static class TdxVectors
{
    private static readonly Lazy<JsonElement> Expectations = new(() => JsonDocument.Parse(Read("expected.json")).RootElement);

    public static string Folder { get; } = FindFolder();

    public static JsonElement Expected => Expectations.Value;

    public static IEnumerable<JsonElement> Quotes => Expected.GetProperty("quotes").EnumerateArray();

    public static byte[] Read(string path) => File.ReadAllBytes(Path.Combine(Folder, path));

    public static JsonElement Named(string name) => Quotes.Single(quote => quote.GetProperty("name").GetString() == name);

    public static TdxQuote Quote(string name)
    {
        byte[] bytes = Read(Named(name).GetProperty("file").GetString()!);
        Assert.True(TdxQuote.TryParse(bytes, out TdxQuote? quote, out Reason reason), reason.ToString());
        return quote;
    }

    public static CollateralBundle Bundle(string folder) => new()
    {
        TcbInfo = Read(folder + "/tcbinfo.json"),
        QeIdentity = Read(folder + "/qe_identity.json"),
        TcbSigningChain = Read(folder + "/tcb_signing_chain.pem"),
        PckCrl = Read(folder + "/pck_crl.der"),
        PckCrlIssuerChain = Read(folder + "/pck_crl_issuer_chain.pem"),
        RootCaCrl = Read(folder + "/root_ca_crl.der"),
    };

    public static VerifiedCollateral Collateral(string folder, DateTimeOffset at)
    {
        Assert.True(TryVerify(folder, at, out VerifiedCollateral? collateral, out Reason reason), reason.ToString());
        return collateral!;
    }

    public static bool TryVerify(string folder, DateTimeOffset at, out VerifiedCollateral? collateral, out Reason reason) =>
        VerifiedCollateral.TryVerify(
            Bundle(folder), IntelRoot.Production, new CollateralRules { MinTcbEvaluationDataNumber = 0 },
            new MemoryMonotonicStore(), at, out collateral, out reason);

    private static string FindFolder()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "CocoonP2P.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return Path.Combine(folder ?? throw new DirectoryNotFoundException("The tests run inside the repository."), "tests/vectors/tdx");
    }
}
