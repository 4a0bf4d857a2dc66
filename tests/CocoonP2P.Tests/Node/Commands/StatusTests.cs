using System.Net;
using System.Text.Json;
using CocoonP2P.Node.Commands;
using CocoonP2P.Node.Terminal;
using CocoonP2P.Tests.Node.Http.Support;

namespace CocoonP2P.Tests.Node.Commands;

public sealed class StatusTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Warnings_come_first_and_a_ready_node_says_so()
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync();
        JsonElement status = await RunningNode.UseAsync(endpoint.Socket, node => node.StatusAsync(Token));
        string[] table = [.. StatusText.Table(status)];
        Assert.Equal("! SIMULATED", table[0]);
        Assert.Contains("state        ready", table);
        Assert.Equal("ready: client on local, 2 peers", StatusText.Line(status));
    }

    [Fact]
    public async Task A_node_that_cannot_work_gives_every_reason()
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync();
        endpoint.Node.NotReady = ["no peers", "it listens nowhere"];
        using HttpResponseMessage response = await endpoint.SendAsync("/health/ready", null);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        JsonElement document = await TestEndpoint.DocumentAsync(response);
        Assert.Equal(["no peers", "it listens nowhere"], document.GetProperty("reasons").EnumerateArray().Select(r => r.GetString()));
        JsonElement status = await RunningNode.UseAsync(endpoint.Socket, node => node.StatusAsync(Token));
        Assert.StartsWith("not ready: ", StatusText.Line(status), StringComparison.Ordinal);
    }
}
