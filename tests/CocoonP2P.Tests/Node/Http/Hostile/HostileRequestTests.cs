using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using CocoonP2P.Node.Http.Doors;
using CocoonP2P.Tests.Node.Http.Support;
using Microsoft.Extensions.Logging;

namespace CocoonP2P.Tests.Node.Http.Hostile;

/// <summary>Ten thousand bad requests over real sockets: each is answered by its kind, and nothing stays behind.</summary>
/// <remarks>Alone, since it measures the heap, which all tests of the process share.</remarks>
[CollectionDefinition(nameof(HostileRequestTests), DisableParallelization = true)]
[Collection(nameof(HostileRequestTests))]
public sealed class HostileRequestTests
{
    private const int Requests = 10_000;
    private const int Clients = 8;
    private const long MostGrowth = 16 * 1024 * 1024;

    /// <summary>What the server itself refuses before a request is one; these answers have no body.</summary>
    private static readonly int[] Bare = [400, 405, 408, 411, 413, 414, 417, 431, 501, 505];

    [Fact]
    public async Task Every_bad_request_has_a_typed_answer_and_leaves_nothing_behind()
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync(
            s => s with
            {
                Keys = KeyRing.Of(
                [
                    (new string('i', 40), new ApiKey("infer", Scope.Infer, new KeyLimits())), (new string('r', 40), new ApiKey("read", Scope.Read, new KeyLimits())),
                ]),
            },
            least: LogLevel.Warning);
        await Parallel.ForAsync(0, Requests / 5, Options(), (i, _) => OneAsync(endpoint, new Random(-i)));
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await Parallel.ForAsync(0, Requests, Options(), (i, _) => OneAsync(endpoint, new Random(i)));
        await Libp2p.Eventually.TrueAsync(() => endpoint.Node.Running == 0);
        endpoint.Node.Orders.Clear();
        long growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"{Requests} bad requests; the managed heap grew by {growth / 1024} KiB");
        Assert.True(growth < MostGrowth, $"the managed heap grew by {growth} bytes");
        string said = string.Join('\n', endpoint.Log.Lines.Where(line => line.Level >= LogLevel.Warning).Select(line => line.Line).Distinct());
        Assert.True(said.Length == 0, said);
        using HttpResponseMessage good = await endpoint.SendAsync("/v1/chat/completions", ChatAnswerTests.Chat("x"), new string('i', 40));
        Assert.True(good.IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_second_request_hidden_in_a_body_is_never_answered()
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync();
        string answer = await ExchangeAsync(endpoint, Encoding.ASCII.GetBytes(
            "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /status.json HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        Assert.StartsWith("HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        Assert.Equal(answer.IndexOf("HTTP/1.1 ", StringComparison.Ordinal), answer.LastIndexOf("HTTP/1.1 ", StringComparison.Ordinal));
    }

    private static ParallelOptions Options() => new() { MaxDegreeOfParallelism = Clients, CancellationToken = TestContext.Current.CancellationToken };

    private static async ValueTask OneAsync(TestEndpoint endpoint, Random random)
    {
        BadRequest request = BadRequest.Make(random);
        if (!request.Complete)
        {
            using Socket gone = await ConnectAsync(endpoint);
            await gone.SendAsync(request.Bytes, TestContext.Current.CancellationToken);
            return;
        }

        string answer = await ExchangeAsync(endpoint, request.Bytes);
        if (answer.Length == 0 || request.Bytes.AsSpan().StartsWith("PRI "u8))
        {
            // Reset before it was read: the server had refused and was gone while bytes were still coming. Or a client of
            // HTTP/2, which is told so in frames.
            return;
        }

        int status = int.Parse(answer.AsSpan("HTTP/1.1 ".Length, 3), null);
        string body = answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        string sent = Encoding.Latin1.GetString(request.Bytes, 0, Math.Min(600, request.Bytes.Length));
        if (body.Length == 0)
        {
            Assert.True(Bare.Contains(status), $"{status} without a body for\n{sent}");
        }
        else if (status != 200)
        {
            Assert.True(status is >= 400 and < 500, $"{answer}\nfor\n{sent}");
            JsonElement error = JsonElement.Parse(body).GetProperty("error");
            Assert.NotEqual(ErrorCode.Failed, ErrorCodes.Parse(error.GetProperty("code").GetString()));
            Assert.NotEmpty(error.GetProperty("hint").GetString()!);
        }
    }

    private static async Task<string> ExchangeAsync(TestEndpoint endpoint, byte[] bytes)
    {
        using Socket socket = await ConnectAsync(endpoint);
        StringBuilder answer = new();
        byte[] buffer = new byte[16 * 1024];
        try
        {
            await socket.SendAsync(bytes, TestContext.Current.CancellationToken);
            for (int read; (read = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken)) > 0;)
            {
                answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (SocketException)
        {
            // A reset while bytes were on their way; what was read counts.
        }

        return answer.ToString();
    }

    private static async Task<Socket> ConnectAsync(TestEndpoint endpoint)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", endpoint.Port, TestContext.Current.CancellationToken);
        return socket;
    }
}
