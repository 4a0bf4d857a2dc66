using System.Net;
using CocoonP2P.Attestation;

namespace CocoonP2P.Tests.Attestation;

public sealed class CollateralSourceTests
{
    private const string Folder = "collateral/00806F-2025-07";

    private static readonly CollateralRequest Request = new(IntelRoot.Production, "00806f050000", Early: false);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_gives_what_it_was_sent_in_headers_and_bodies()
    {
        using var service = new FakeService();
        CollateralBundle? bundle = await SourceOf(service).GetAsync(Request, Stop);
        Assert.NotNull(bundle);
        Assert.Equal(CollateralCodec.Encode(TdxVectors.Bundle(Folder)), CollateralCodec.Encode(bundle));
        Assert.Contains("/tdx/certification/v4/tcb?fmspc=00806f050000&update=standard", service.Asked);
    }

    [Fact]
    public async Task A_list_in_hexadecimal_is_the_same_list()
    {
        using var service = new FakeService { InHex = true };
        CollateralBundle? bundle = await SourceOf(service).GetAsync(Request, Stop);
        Assert.Equal(TdxVectors.Read(Folder + "/root_ca_crl.der"), bundle!.RootCaCrl.ToArray());
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, 0)]
    [InlineData(HttpStatusCode.OK, 2 * 1024 * 1024)]
    public async Task A_service_that_refuses_or_says_too_much_gives_nothing(HttpStatusCode status, int padding)
    {
        using var service = new FakeService { Status = status, Padding = padding };
        Assert.Null(await SourceOf(service).GetAsync(Request, Stop));
    }

    [Fact]
    public async Task Files_of_a_family_are_collateral()
    {
        CollateralBundle bundle = await DirectoryCollateralSource.ReadAsync(Path.Combine(TdxVectors.Folder, Folder), Stop);
        Assert.Equal(CollateralCodec.Encode(TdxVectors.Bundle(Folder)), CollateralCodec.Encode(bundle));
        Assert.Null(await new DirectoryCollateralSource(TdxVectors.Folder).GetAsync(Request, Stop));
    }

    [Fact]
    public void A_bundle_survives_being_passed_on()
    {
        byte[] bytes = CollateralCodec.Encode(TdxVectors.Bundle(Folder));
        Assert.True(CollateralCodec.TryDecode(bytes, out CollateralBundle? bundle));
        Assert.Equal(bytes, CollateralCodec.Encode(bundle));
        Assert.False(CollateralCodec.TryDecode(bytes.AsMemory(0, bytes.Length - 1), out _));
        Assert.False(CollateralCodec.TryDecode((byte[])[.. bytes, 0], out _));
        bytes[0] = 0xFF;
        Assert.False(CollateralCodec.TryDecode(bytes, out _));
    }

    private static PccsCollateralSource SourceOf(FakeService service) => new(new HttpClient(service), new Uri("https://collateral.example"));

    private sealed class FakeService : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        public bool InHex { get; init; }

        public HttpStatusCode Status { get; init; } = HttpStatusCode.OK;

        public int Padding { get; init; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string path = request.RequestUri!.PathAndQuery;
            Asked.Add(path);
            (string file, string? header, string chain) = path.Split('?')[0] switch
            {
                "/tdx/certification/v4/tcb" => ("tcbinfo.json", "TCB-Info-Issuer-Chain", "tcb_signing_chain.pem"),
                "/tdx/certification/v4/qe/identity" => ("qe_identity.json", null, ""),
                "/sgx/certification/v4/pckcrl" => ("pck_crl.der", "SGX-PCK-CRL-Issuer-Chain", "pck_crl_issuer_chain.pem"),
                _ => ("root_ca_crl.der", (string?)null, ""),
            };
            byte[] body = TdxVectors.Read($"{Folder}/{file}");
            if (InHex && file.EndsWith(".der", StringComparison.Ordinal))
            {
                body = System.Text.Encoding.ASCII.GetBytes(Convert.ToHexString(body));
            }

            var answer = new HttpResponseMessage(Status) { Content = new ByteArrayContent([.. body, .. new byte[Padding]]) };
            if (header is not null)
            {
                answer.Headers.Add(header, Uri.EscapeDataString(System.Text.Encoding.ASCII.GetString(TdxVectors.Read($"{Folder}/{chain}"))));
            }

            return Task.FromResult(answer);
        }
    }
}
