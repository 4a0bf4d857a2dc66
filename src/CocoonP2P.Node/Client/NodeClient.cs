using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace CocoonP2P.Node.Client;

/// <summary>Speaks with a node through its socket: what is asked and answered crosses no network, not even loopback.</summary>
internal sealed class NodeClient : IDisposable
{
    private readonly HttpClient _node;

    public NodeClient(string socket)
    {
        SocketsHttpHandler unix = new()
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                Socket connected = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connected.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellationToken);
                return new NetworkStream(connected, ownsSocket: true);
            },
        };
        _node = new HttpClient(unix) { BaseAddress = new Uri("http://localhost"), Timeout = Timeout.InfiniteTimeSpan };
    }

    public Task<JsonElement> StatusAsync(CancellationToken cancellationToken) => GetAsync("/status.json", cancellationToken);

    /// <summary>What the node answers at this path.</summary>
    /// <exception cref="CocoonException">What it refused with.</exception>
    public async Task<JsonElement> GetAsync(string path, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await _node.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        return await ReadAsync(response, cancellationToken);
    }

    /// <summary>The receipt as stored; null while it has not come.</summary>
    public async Task<byte[]?> ReceiptAsync(string job, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await _node.GetAsync(new Uri($"/control/receipts/{job}", UriKind.Relative), cancellationToken);
        return response.IsSuccessStatusCode ? await response.Content.ReadAsByteArrayAsync(cancellationToken) : null;
    }

    public async Task<JsonElement> CloseAllAsync(CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await _node.PostAsync(new Uri("/control/close-all", UriKind.Relative), null, cancellationToken);
        return await ReadAsync(response, cancellationToken);
    }

    /// <summary>Asks; the response's headers have the job and the verdict, <see cref="ChatReply"/> reads the rest.</summary>
    /// <exception cref="CocoonException">What the node answered instead.</exception>
    public async Task<HttpResponseMessage> ChatAsync(ChatQuestion question, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri("/v1/chat/completions", UriKind.Relative))
        {
            Content = new ByteArrayContent(question.Body()) { Headers = { ContentType = new("application/json") } },
        };
        foreach ((string name, string value) in question.Headers)
        {
            // Not checked here: the node says what is wrong with a value.
            request.Headers.TryAddWithoutValidation(name, value);
        }

        HttpResponseMessage response = await _node.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            await ReadAsync(response, cancellationToken);
        }

        return response;
    }

    public async Task<Stream> EventsAsync(CancellationToken cancellationToken) =>
        await _node.GetStreamAsync(new Uri("/events", UriKind.Relative), cancellationToken);

    /// <summary>The documents of a server-sent stream, until it ends or says [DONE].</summary>
    public static async IAsyncEnumerable<JsonElement> DocumentsAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using StreamReader reader = new(stream, Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellationToken) is string line)
        {
            if (line == "data: [DONE]")
            {
                yield break;
            }

            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                yield return Parse(Encoding.UTF8.GetBytes(line[6..]));
            }
        }
    }

    public void Dispose() => _node.Dispose();

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        JsonElement answer = Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        return response.IsSuccessStatusCode ? answer : throw Refusal(answer);
    }

    /// <summary>An error document as the exception that it stands for.</summary>
    public static CocoonException Refusal(JsonElement answer)
    {
        JsonElement error = answer.GetProperty("error");
        return new CocoonException(
            ErrorCodes.Parse(error.GetProperty("code").GetString()), error.GetProperty("message").GetString()!, error.GetProperty("hint").GetString()!);
    }

    private static JsonElement Parse(byte[] json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
