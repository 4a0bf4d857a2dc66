using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CocoonP2P.EndToEnd;

/// <summary>What OpenAI's API can ask of a model, asked of attested workers.</summary>
public sealed class FeatureTests(SharedNetwork shared) : IClassFixture<SharedNetwork>
{
    private const int Limit = 120_000;

    private const string Weather = """
        {"type":"function","function":{"name":"get_weather","parameters":{"type":"object","additionalProperties":false,"required":["city","days"],
        "properties":{"city":{"type":"string","maxLength":12},"days":{"type":"integer","minimum":1,"maximum":9}}}}}
        """;

    private static readonly JsonNode Person = JsonNode.Parse("""
        {"type":"json_schema","json_schema":{"name":"person","strict":true,"schema":{"type":"object","additionalProperties":false,"required":["name","age"],
        "properties":{"name":{"type":"string","maxLength":10},"age":{"type":"integer","minimum":0,"maximum":150}}}}}
        """)!;

    private Api Api => shared.Network.Api;

    [Theory(Timeout = Limit)]
    [InlineData(null)]
    [InlineData(11)]
    public async Task A_required_tool_is_called_with_arguments_that_parse_and_hold_its_schema(int? seed)
    {
        JsonObject chat = Chat("What will the weather be?", ("tools", Tools()), ("tool_choice", "required"), ("max_tokens", 200), ("seed", seed));
        JsonElement choice = Choice(await DocumentAsync(chat));
        Assert.Equal("tool_calls", choice.GetProperty("finish_reason").GetString());
        JsonElement call = choice.GetProperty("message").GetProperty("tool_calls")[0];
        Assert.Equal("get_weather", call.GetProperty("function").GetProperty("name").GetString());
        JsonElement arguments = JsonElement.Parse(call.GetProperty("function").GetProperty("arguments").GetString()!);
        Assert.InRange(arguments.GetProperty("days").GetInt32(), 1, 9);
        Assert.InRange(arguments.GetProperty("city").GetString()!.EnumerateRunes().Count(), 0, 12);
    }

    [Fact(Timeout = Limit)]
    public async Task A_tools_result_goes_back_and_the_model_goes_on_in_words()
    {
        JsonObject chat = Chat("What will the weather be?", ("tools", Tools()), ("tool_choice", "none"));
        JsonArray messages = chat["messages"]!.AsArray();
        messages.Add(JsonNode.Parse("""{"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Rome\",\"days\":2}"}}]}"""));
        messages.Add(JsonNode.Parse("""{"role":"tool","tool_call_id":"call_1","content":"sunny"}"""));
        JsonElement choice = Choice(await DocumentAsync(chat));
        Assert.NotEmpty(choice.GetProperty("message").GetProperty("content").GetString()!);
        Assert.True(choice.GetProperty("finish_reason").GetString() is "stop" or "length");
    }

    [Fact(Timeout = Limit)]
    public async Task An_answer_to_a_schema_is_what_the_schema_allows()
    {
        for (int seed = 1; seed <= 4; seed++)
        {
            JsonElement choice = Choice(await DocumentAsync(Chat("Who are you?", ("response_format", Person.DeepClone()), ("max_tokens", 120), ("seed", seed))));
            Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
            JsonElement person = JsonElement.Parse(choice.GetProperty("message").GetProperty("content").GetString()!);
            Assert.Equal(["name", "age"], person.EnumerateObject().Select(p => p.Name));
            Assert.InRange(person.GetProperty("age").GetInt32(), 0, 150);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Log_probabilities_describe_the_text_token_by_token()
    {
        JsonElement choice = Choice(await DocumentAsync(Chat("Tell me a story about a lamp.", ("temperature", 0), ("logprobs", true), ("top_logprobs", 3))));
        List<byte> bytes = [];
        foreach (JsonElement token in choice.GetProperty("logprobs").GetProperty("content").EnumerateArray())
        {
            bytes.AddRange(token.GetProperty("bytes").EnumerateArray().Select(b => b.GetByte()));
            double[] top = [.. token.GetProperty("top_logprobs").EnumerateArray().Select(t => t.GetProperty("logprob").GetDouble())];
            Assert.Equal(3, top.Length);
            Assert.Equal(top.OrderDescending(), top);
            Assert.InRange(top.Sum(Math.Exp), 0, 1.0001);

            // At temperature 0 the likeliest token is the one that was chosen.
            Assert.Equal(top[0], token.GetProperty("logprob").GetDouble(), 6);
        }

        Assert.StartsWith(choice.GetProperty("message").GetProperty("content").GetString()!, Encoding.UTF8.GetString([.. bytes]), StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Three_choices_differ_and_each_is_a_job_of_its_own()
    {
        JsonElement document = await DocumentAsync(Chat("Tell me a story about a cat.", ("n", 3), ("temperature", 1.0)));
        JsonElement[] choices = [.. document.GetProperty("choices").EnumerateArray()];
        Assert.Equal([0, 1, 2], choices.Select(c => c.GetProperty("index").GetInt32()));
        Assert.Equal(3, choices.Select(c => c.GetProperty("message").GetProperty("content").GetString()).Distinct().Count());
        Assert.Equal(3, document.GetProperty("cocoon").GetProperty("jobs").EnumerateArray().Select(j => j.GetProperty("job").GetString()).Distinct().Count());
    }

    [Fact(Timeout = Limit)]
    public async Task A_stop_string_ends_the_text_before_it_and_a_bias_keeps_a_token_away()
    {
        JsonObject chat = Chat("Tell me a story about a lamp.", ("temperature", 0));
        JsonObject described = chat.DeepClone().AsObject();
        (described["logprobs"], described["top_logprobs"]) = (true, 0);
        JsonElement plain = Choice(await DocumentAsync(described));
        string text = plain.GetProperty("message").GetProperty("content").GetString()!;
        string word = text.Split(' ')[3];
        chat["stop"] = word;
        JsonElement stopped = Choice(await DocumentAsync(chat));
        Assert.Equal("stop", stopped.GetProperty("finish_reason").GetString());
        Assert.Equal(text[..text.IndexOf(word, StringComparison.Ordinal)], stopped.GetProperty("message").GetProperty("content").GetString());
        chat.Remove("stop");
        chat["logit_bias"] = new JsonObject([.. Enumerable.Range(0, 300).Select(id => KeyValuePair.Create(id.ToString(System.Globalization.CultureInfo.InvariantCulture), (JsonNode?)(-100)))]);
        Assert.NotEqual(text, Choice(await DocumentAsync(chat)).GetProperty("message").GetProperty("content").GetString());
    }

    [Fact(Timeout = Limit)]
    public async Task An_idempotency_key_buys_once()
    {
        JsonObject chat = Chat("Tell me a story about a boat.", ("seed", null));
        (string Name, string Value) key = ("Idempotency-Key", "feature-tests-1");
        Answer[] answers = await Task.WhenAll(Ask(), Ask());
        Answer later = await Ask();
        Assert.All(answers, answer => Assert.Equal((later.Job, later.Text), (answer.Job, answer.Text)));
        Refusal other = await Api.RefusedAsync(Chat("Something else."), key);
        Assert.Equal((400, "usage"), (other.Status, other.Code));

        async Task<Answer> Ask()
        {
            using HttpResponseMessage response = await Api.PostAsync(chat.DeepClone().AsObject(), key);
            JsonElement document = JsonElement.Parse(await response.Content.ReadAsStringAsync(Cocoon.Cancelled));
            Assert.True(response.IsSuccessStatusCode, document.ToString());
            return new Answer(
                Choice(document).GetProperty("message").GetProperty("content").GetString()!, response.Headers.GetValues("Cocoon-Worker").Single(),
                response.Headers.GetValues("Cocoon-Job").Single(), document);
        }
    }

    private static JsonObject Chat(string prompt, params (string Name, JsonNode? Value)[] fields) => EndToEnd.Api.Chat(prompt, fields);

    private static JsonArray Tools() => [JsonNode.Parse(Weather)];

    private async Task<JsonElement> DocumentAsync(JsonObject chat)
    {
        using HttpResponseMessage response = await Api.PostAsync(chat);
        JsonElement document = JsonElement.Parse(await response.Content.ReadAsStringAsync(Cocoon.Cancelled));
        Assert.True(response.IsSuccessStatusCode, document.ToString());
        return document;
    }

    private static JsonElement Choice(JsonElement document) => document.GetProperty("choices")[0];
}
