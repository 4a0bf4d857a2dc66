using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CocoonP2P.EndToEnd;

/// <summary>The endpoint as programs written for OpenAI's use it.</summary>
public sealed class OpenAiTests(SharedNetwork shared) : IClassFixture<SharedNetwork>
{
    private const int Limit = 120_000;

    [Fact(Timeout = Limit)]
    public async Task Whole_answer_has_text_usage_cost_and_who_gave_it()
    {
        Answer answer = await shared.Network.Api.AskAsync(Api.Chat("Tell me a story about a boat."));
        Assert.NotEmpty(answer.Text);
        Assert.Contains(shared.Network.Nodes.Workers, worker => worker.PeerId == answer.Worker);
        JsonElement usage = answer.Document.GetProperty("usage");
        Assert.InRange(usage.GetProperty("completion_tokens").GetInt32(), 1, 40);
        Assert.Equal(
            usage.GetProperty("prompt_tokens").GetInt32() + usage.GetProperty("completion_tokens").GetInt32(), usage.GetProperty("total_tokens").GetInt32());
        Assert.EndsWith(" TON", usage.GetProperty("cost").GetString(), StringComparison.Ordinal);
        Assert.True(answer.Document.GetProperty("choices")[0].GetProperty("finish_reason").GetString() is "stop" or "length");
    }

    [Fact(Timeout = Limit)]
    public async Task Streamed_answer_is_the_whole_one_in_pieces_and_ends_with_its_usage()
    {
        JsonObject chat = Api.Chat("Tell me a story about a cat.");
        Answer whole = await shared.Network.Api.AskAsync(chat);
        chat["stream"] = true;
        chat["stream_options"] = new JsonObject { ["include_usage"] = true };
        using HttpResponseMessage response = await shared.Network.Api.PostAsync(chat);
        List<JsonElement> chunks = [];
        await foreach (JsonElement chunk in Api.DocumentsAsync(response))
        {
            chunks.Add(chunk);
        }

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("assistant", chunks[0].GetProperty("choices")[0].GetProperty("delta").GetProperty("role").GetString());
        Assert.Equal(whole.Text, string.Concat(chunks.Select(Api.Text)));
        Assert.Equal(
            whole.Document.GetProperty("usage").GetProperty("completion_tokens").GetInt32(),
            chunks[^1].GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        Assert.Equal(0, chunks[^1].GetProperty("choices").GetArrayLength());
    }

    [Fact(Timeout = Limit)]
    public async Task One_seed_gives_one_text_on_either_worker()
    {
        HashSet<string> workers = [];
        HashSet<string> texts = [];
        JsonObject chat = Api.Chat("Tell me a story about a lamp.", ("seed", 4242));
        while (workers.Count < 2)
        {
            Answer answer = await shared.Network.Api.AskAsync(chat);
            workers.Add(answer.Worker);
            texts.Add(answer.Text);
        }

        Assert.Single(texts);
    }

    [Fact(Timeout = Limit)]
    public async Task Models_are_those_that_workers_offer()
    {
        JsonElement model = Assert.Single((await shared.Network.Api.GetAsync("/v1/models")).GetProperty("data").EnumerateArray());
        Assert.Equal(Api.Model, model.GetProperty("id").GetString());
        Assert.Equal(2, model.GetProperty("workers").GetInt32());
    }

    [Fact(Timeout = Limit)]
    public async Task Host_of_another_site_is_refused()
    {
        Refusal refusal = await shared.Network.Api.RefusedAsync(Api.Chat("Hello."), ("Host", "evil.example"));
        Assert.Equal((400, "usage"), (refusal.Status, refusal.Code));
        Assert.Contains("evil.example", refusal.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Money_does_not_move_over_the_endpoint()
    {
        using HttpClient http = new();
        using HttpResponseMessage response = await http.PostAsync(
            new Uri($"http://127.0.0.1:{shared.Network.Nodes.ApiPort}/control/close-all"), null, Cocoon.Cancelled);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact(Timeout = Limit)]
    public async Task Unknown_field_is_named()
    {
        Refusal refusal = await shared.Network.Api.RefusedAsync(Api.Chat("Hello.", ("prediction", new JsonObject())));
        Assert.Equal((400, "usage"), (refusal.Status, refusal.Code));
        Assert.Contains("prediction", refusal.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Unknown_model_is_refused_with_where_to_look()
    {
        Refusal refusal = await shared.Network.Api.RefusedAsync(Api.Chat("Hello.", ("model", "no-such-model")));
        Assert.Equal((404, "unknown-model"), (refusal.Status, refusal.Code));
        Assert.Contains("cocoon models", refusal.Hint, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Prompt_beyond_the_context_is_refused_with_both_numbers()
    {
        Refusal refusal = await shared.Network.Api.RefusedAsync(Api.Chat(string.Concat(Enumerable.Repeat("Once upon a time there was a cat. ", 200))));
        Assert.Equal((413, "too-large"), (refusal.Status, refusal.Code));
        Assert.Contains("511", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("shorter", refusal.Hint, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Job_above_the_allowed_cost_finds_no_worker()
    {
        Refusal refusal = await shared.Network.Api.RefusedAsync(Api.Chat("Hello."), ("Cocoon-Max-Cost", "0.000000001 TON"));
        Assert.Equal((503, "no-worker"), (refusal.Status, refusal.Code));
        Assert.Contains("Cocoon-Max-Cost", refusal.Hint, StringComparison.Ordinal);
    }
}
