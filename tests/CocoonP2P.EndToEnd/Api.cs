using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using CocoonP2P.Node.Client;

namespace CocoonP2P.EndToEnd;

/// <summary>The OpenAI endpoint by plain HTTP, as any program would use it.</summary>
internal sealed class Api(int port) : IDisposable
{
    public const string Model = "cocoon-tiny";

    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>A chat of one message; fields that a test gives replace these.</summary>
    public static JsonObject Chat(string prompt, params (string Name, JsonNode? Value)[] fields)
    {
        JsonObject body = new()
        {
            ["model"] = Model,
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = prompt }),
            ["max_tokens"] = 40,
            ["temperature"] = 0.7,
            ["seed"] = 7,
        };
        foreach ((string name, JsonNode? value) in fields)
        {
            body[name] = value;
        }

        return body;
    }

    public async Task<HttpResponseMessage> PostAsync(JsonObject body, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri("/v1/chat/completions", UriKind.Relative)) { Content = JsonContent.Create(body) };
        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cocoon.Cancelled);
    }

    /// <summary>A whole answer.</summary>
    public async Task<Answer> AskAsync(JsonObject body)
    {
        using HttpResponseMessage response = await PostAsync(body);
        string json = await response.Content.ReadAsStringAsync(Cocoon.Cancelled);
        Assert.True(response.IsSuccessStatusCode, json);
        JsonElement document = JsonElement.Parse(json);
        return new Answer(
            document.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!,
            response.Headers.GetValues("Cocoon-Worker").Single(), response.Headers.GetValues("Cocoon-Job").Single(), document);
    }

    /// <summary>A request that must be refused.</summary>
    public async Task<Refusal> RefusedAsync(JsonObject body, params (string Name, string Value)[] headers)
    {
        using HttpResponseMessage response = await PostAsync(body, headers);
        string json = await response.Content.ReadAsStringAsync(Cocoon.Cancelled);
        Assert.False(response.IsSuccessStatusCode, json);
        JsonElement error = JsonElement.Parse(json).GetProperty("error");
        return new Refusal(
            (int)response.StatusCode, error.GetProperty("code").GetString()!, error.GetProperty("message").GetString()!, error.GetProperty("hint").GetString()!);
    }

    public async Task<JsonElement> GetAsync(string path) => JsonElement.Parse(await _http.GetStringAsync(new Uri(path, UriKind.Relative), Cocoon.Cancelled));

    /// <summary>The documents of a streamed answer, to its end or to the connection's.</summary>
    public static async IAsyncEnumerable<JsonElement> DocumentsAsync(HttpResponseMessage response)
    {
        await using Stream stream = await response.Content.ReadAsStreamAsync(Cocoon.Cancelled);
        await foreach (JsonElement document in NodeClient.DocumentsAsync(stream, Cocoon.Cancelled))
        {
            yield return document;
        }
    }

    /// <summary>The text of a chunk, or null where it has none.</summary>
    public static string? Text(JsonElement chunk) =>
        chunk.TryGetProperty("choices", out JsonElement choices) && choices.GetArrayLength() == 1
        && choices[0].GetProperty("delta").TryGetProperty("content", out JsonElement content) && content.GetString() is { Length: > 0 } text
            ? text
            : null;

    public void Dispose() => _http.Dispose();
}

/// <summary>An answer and who gave it.</summary>
internal sealed record Answer(string Text, string Worker, string Job, JsonElement Document);

/// <summary>An error document with its status.</summary>
internal sealed record Refusal(int Status, string Code, string Message, string Hint);
