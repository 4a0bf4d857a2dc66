using System.Net;
using System.Text.Json;
using CocoonP2P.Node.Http.Doors;
using CocoonP2P.Tests.Node.Http.Support;

namespace CocoonP2P.Tests.Node.Http;

public sealed class DoorTests
{
    private const string Chat = "/v1/chat/completions";

    private static readonly KeyRing Ring = KeyRing.Of(
    [
        (Token("admin"), new ApiKey("admin", Scope.Admin, new KeyLimits())),
        (Token("read"), new ApiKey("read", Scope.Read, new KeyLimits())),
        (Token("infer-alice"), new ApiKey("infer-alice", Scope.Infer, new KeyLimits())),
    ]);

    [Theory]
    [InlineData("admin", Chat, 200)]
    [InlineData("infer-alice", Chat, 200)]
    [InlineData("read", Chat, 403)]
    [InlineData("nobody", Chat, 401)]
    [InlineData(null, Chat, 401)]
    [InlineData("infer-alice", "/v1/models", 200)]
    [InlineData("read", "/v1/models", 200)]
    [InlineData("read", "/v1/models/scripted", 200)]
    [InlineData("read", "/status.json", 200)]
    [InlineData("infer-alice", "/status.json", 403)]
    [InlineData(null, "/status.json", 401)]
    [InlineData(null, "/health/live", 200)]
    [InlineData(null, "/health/ready", 200)]
    [InlineData("admin", "/control/receipts/x", 403)]
    [InlineData("admin", "/nowhere", 404)]
    [InlineData(null, "/nowhere", 401)]
    public async Task A_token_reaches_as_far_as_its_scope(string? name, string path, int status)
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync(s => s with { Keys = Ring });
        string? body = path == Chat ? ChatAnswerTests.Chat("x") : null;
        using HttpResponseMessage response = await endpoint.SendAsync(path, body, name is null ? null : Token(name));
        Assert.Equal(status, (int)response.StatusCode);
        if (status >= 400)
        {
            JsonElement error = (await TestEndpoint.DocumentAsync(response)).GetProperty("error");
            Assert.NotEmpty(error.GetProperty("code").GetString()!);
            Assert.NotEmpty(error.GetProperty("hint").GetString()!);
        }
    }

    [Fact]
    public async Task Fairness_counts_an_order_to_its_key()
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync(s => s with { Keys = Ring });
        using HttpResponseMessage response = await endpoint.SendAsync(
            Chat, ChatAnswerTests.Chat("x"), Token("infer-alice"), ("Idempotency-Key", "k1"), ("Cocoon-Timeout", "30s"), ("Cocoon-Max-Cost", "0.5 TON"));
        CocoonP2P.Jobs.OrderTerms terms = Assert.Single(endpoint.Node.Orders).Terms;
        Assert.Equal(("infer-alice", "k1", TimeSpan.FromSeconds(30)), (terms.Tenant, terms.IdempotencyKey, terms.Timeout));
        Assert.Equal(500_000_000UL, terms.MaxCost!.Value.Value);
    }

    [Theory]
    [InlineData("Cocoon-Max-Cost", "0.01")]
    [InlineData("Cocoon-Timeout", "30")]
    [InlineData("Cocoon-Timeout", "0s")]
    [InlineData("Idempotency-Key", "a b")]
    public async Task A_bad_header_is_named(string header, string value)
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync();
        using HttpResponseMessage response = await endpoint.SendAsync(Chat, ChatAnswerTests.Chat("x"), null, (header, value));
        Assert.Equal(header, (await TestEndpoint.DocumentAsync(response)).GetProperty("error").GetProperty("param").GetString());
    }

    [Theory]
    [InlineData("https://evil.example", 403)]
    [InlineData("null", 403)]
    [InlineData("https://app.example", 200)]
    [InlineData("https://app.example.evil.example", 403)]
    public async Task A_page_may_ask_only_where_its_origin_is_listed(string origin, int status)
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync(s => s with { Cors = ["https://app.example"] });
        using HttpResponseMessage response = await endpoint.SendAsync(Chat, ChatAnswerTests.Chat("x"), null, ("Origin", origin));
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status == 200, response.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal(status == 200 ? 1 : 0, endpoint.Node.Orders.Count);
    }

    [Fact]
    public async Task A_listed_page_may_ask_before_it_asks()
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync(s => s with { Cors = ["https://app.example"], Keys = Ring });
        using HttpRequestMessage request = new(HttpMethod.Options, new Uri(Chat, UriKind.Relative));
        request.Headers.Add("Origin", "https://app.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
        using HttpResponseMessage response = await endpoint.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("authorization,content-type", response.Headers.GetValues("Access-Control-Allow-Headers").Single());
    }

    [Theory]
    [InlineData("evil.example", 400)]
    [InlineData("localhost:1", 200)]
    [InlineData("192.168.1.2", 200)]
    [InlineData("[::1]:4610", 200)]
    [InlineData("node.lan", 200)]
    public async Task A_host_is_an_address_or_listed(string host, int status)
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync(s => s with { Hosts = ["node.lan"] });
        using HttpResponseMessage response = await endpoint.SendAsync("/v1/models", null, null, ("Host", host));
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task An_open_endpoint_says_so_in_its_status()
    {
        await using TestEndpoint open = await TestEndpoint.StartAsync(), closed = await TestEndpoint.StartAsync(s => s with { Keys = Ring });
        Assert.Contains("api.tokens", await open.Http.GetStringAsync(new Uri("/status.json", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using HttpResponseMessage status = await closed.SendAsync("/status.json", null, Token("read"));
        Assert.DoesNotContain("api.tokens", await status.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    internal static string Token(string name) => name.PadRight(40, 'x');
}
