using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CocoonP2P.Node.Http;
using CocoonP2P.Protocol;
using Microsoft.Extensions.Logging;

namespace CocoonP2P.Tests.Node.Http.Support;

/// <summary>A scripted node behind the real server on a port of its own.</summary>
internal sealed class TestEndpoint : IAsyncDisposable
{
    private readonly string _folder;
    private readonly ApiServer _server;

    private TestEndpoint(string folder, ApiServer server, ScriptedNode node, MemoryLog log)
    {
        (_folder, _server, Node, Log) = (folder, server, node, log);
        Http = new HttpClient { BaseAddress = server.Endpoint, Timeout = Timeout.InfiniteTimeSpan };
    }

    public ScriptedNode Node { get; }

    public MemoryLog Log { get; }

    public HttpClient Http { get; }

    /// <summary>The commands' way in.</summary>
    public string Socket => Path.Combine(_folder, "api.sock");

    public int Port => Http.BaseAddress!.Port;

    public static async Task<TestEndpoint> StartAsync(Func<ApiSettings, ApiSettings>? change = null, TimeProvider? time = null, LogLevel least = LogLevel.Debug)
    {
        string folder = Directory.CreateTempSubdirectory("cocoon-http-").FullName;
        ScriptedNode node = new(time ?? TimeProvider.System);
        MemoryLog log = new(least);
        ApiSettings settings = new()
        {
            OpenAi = new IPEndPoint(IPAddress.Loopback, 0),
            Socket = Path.Combine(folder, "api.sock"),
            MaxPerJob = new NanoTon(1_000_000_000),
            SpendingFile = Path.Combine(folder, "spending.json"),
        };
        ApiServer server = await ApiServer.StartAsync(
            node, change?.Invoke(settings) ?? settings, log, time ?? TimeProvider.System, TestContext.Current.CancellationToken);
        return new TestEndpoint(folder, server, node, log);
    }

    /// <summary>A request with a JSON body.</summary>
    public async Task<HttpResponseMessage> SendAsync(string path, string? json, string? token = null, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(json is null ? HttpMethod.Get : HttpMethod.Post, new Uri(path, UriKind.Relative));
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>The document of a good answer.</summary>
    public async Task<JsonElement> PostAsync(string path, string json)
    {
        using HttpResponseMessage response = await SendAsync(path, json);
        JsonElement document = await DocumentAsync(response);
        Assert.True(response.IsSuccessStatusCode, document.ToString());
        return document;
    }

    public static async Task<JsonElement> DocumentAsync(HttpResponseMessage response) =>
        JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    /// <summary>Every event of a stream up to its [DONE].</summary>
    public async Task<IReadOnlyList<JsonElement>> StreamAsync(string path, string json)
    {
        using HttpResponseMessage response = await SendAsync(path, json);
        string[] events = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("data: [DONE]", events[^1]);
        return [.. events[..^1].Select(e => JsonElement.Parse(e["data: ".Length..]))];
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
