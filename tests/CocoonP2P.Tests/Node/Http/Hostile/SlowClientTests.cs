using System.Net.Sockets;
using System.Text;
using CocoonP2P.Tests.Node.Http.Support;

namespace CocoonP2P.Tests.Node.Http.Hostile;

public sealed class SlowClientTests
{
    /// <summary>The shortest that the server can tell.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1100);

    [Theory]
    [InlineData("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nX: ", "")]
    [InlineData("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{", "HTTP/1.1 408 ")]
    public async Task A_client_that_sends_too_slowly_is_cut_off(string head, string answered)
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync(s => s with { Patience = Patience });
        using Socket socket = await SendAsync(endpoint, head);
        byte[] buffer = new byte[4096];
        StringBuilder answer = new();
        for (int read; (read = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken)) > 0;)
        {
            answer.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        Assert.StartsWith(answered, answer.ToString(), StringComparison.Ordinal);
        Assert.Empty(endpoint.Node.Orders);
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_cut_off_and_its_job_ends()
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync(s => s with { Patience = Patience });
        string body = ChatAnswerTests.Chat("endless", "\"stream\":true");
        using Socket socket = await SendAsync(
            endpoint, $"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        await Libp2p.Eventually.TrueAsync(() => !endpoint.Node.Orders.IsEmpty);
        await Libp2p.Eventually.TrueAsync(() => endpoint.Node.Running == 0);
        Assert.DoesNotContain(endpoint.Log.Lines, line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Warning);
    }

    private static async Task<Socket> SendAsync(TestEndpoint endpoint, string text)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", endpoint.Port, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
        return socket;
    }
}
