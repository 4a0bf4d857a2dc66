using System.Text.Json;
using CocoonP2P.Inference;
using CocoonP2P.Models;
using CocoonP2P.Tests.Inference.Support;
using CocoonP2P.Text;

namespace CocoonP2P.Tests.Inference;

/// <summary>The default model, which knows no JSON, within a grammar.</summary>
public sealed class GrammarJobTests
{
    private const string Person = """
        {"type":"object","properties":{"name":{"type":"string","maxLength":12},"age":{"type":"integer","minimum":0,"maximum":150},
         "tags":{"type":"array","items":{"enum":["a","b"]},"maxItems":2}},"required":["name","age","tags"],"additionalProperties":false}
        """;

    [Fact]
    public async Task A_model_that_knows_no_JSON_says_what_the_schema_wants_and_goes_on_after_a_cut()
    {
        using TempFolder temp = new();
        await using InferenceHost host = await OpenAsync(temp);
        IModelText text = host.Catalog.Texts[0];
        OutputGrammar grammar = new(GrammarKind.JsonSchema, Person);
        Assert.Null(text.CheckGrammar(grammar));
        JobSpec[] jobs = [.. Enumerable.Range(0, 12).Select(seed => Job(text, (ulong)seed, grammar))];
        (int[] Ids, FinishReason Reason)[] answers = await Task.WhenAll(jobs.Select(job => RunAsync(host, job)));
        foreach ((int[] ids, FinishReason reason) in answers)
        {
            Assert.Equal(FinishReason.Stop, reason);
            using JsonDocument person = JsonDocument.Parse(Decode(text, ids));
            Assert.InRange(person.RootElement.GetProperty("age").GetInt32(), 0, 150);
            Assert.True(person.RootElement.GetProperty("name").GetString()!.Length <= 12);
        }

        int[] whole = answers[3].Ids;
        for (int cut = 1; cut < whole.Length; cut += 5)
        {
            Assert.Equal(whole[cut..], (await RunAsync(host, jobs[3] with { Resume = whole.AsMemory(0, cut) })).Ids);
        }
    }

    [Fact]
    public async Task An_answer_that_is_cut_says_length()
    {
        using TempFolder temp = new();
        await using InferenceHost host = await OpenAsync(temp);
        JobSpec job = Job(host.Catalog.Texts[0], 1, new OutputGrammar(GrammarKind.JsonSchema, Person)) with { MaxTokens = 3 };
        Assert.Equal(FinishReason.Length, (await RunAsync(host, job)).Reason);
    }

    [Fact]
    public async Task A_required_tool_is_called_with_arguments_that_parse()
    {
        using TempFolder temp = new();
        await using InferenceHost host = await OpenAsync(temp);
        IModelText text = host.Catalog.Texts[0];
        OutputGrammar tools = new(GrammarKind.Tools, $$"""{"mode":"required","parallel":false,"tools":[{"name":"greet","parameters":{{Person}}}]}""");
        (int[] ids, _) = await RunAsync(host, Job(text, 5, tools));
        string said = Decode(text, ids);
        Assert.StartsWith("<tool_call>\n", said, StringComparison.Ordinal);
        using JsonDocument call = JsonDocument.Parse(said["<tool_call>".Length..^"</tool_call>".Length]);
        Assert.Equal("greet", call.RootElement.GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Number, call.RootElement.GetProperty("arguments").GetProperty("age").ValueKind);
    }

    private static Task<InferenceHost> OpenAsync(TempFolder temp)
    {
        new ModelStore(temp["store"]).Add(Repository.File("models/cocoon-tiny"));
        return InferenceHost.OpenAsync(
            new InferenceOptions { StoreFolder = temp["store"], Device = "cpu" }, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    private static JobSpec Job(IModelText text, ulong seed, OutputGrammar grammar) =>
        new(text.Id, text.EncodeChat(new ChatPrompt([new("user", "Tell me a story about a lamp.")])), 200, new SamplingParameters { Seed = seed }, [])
        {
            Grammar = grammar,
        };

    private static string Decode(IModelText text, int[] ids)
    {
        ITextStream stream = text.OpenStream([]);
        return stream.Append(ids) + stream.Finish();
    }

    private static async Task<(int[] Ids, FinishReason Reason)> RunAsync(InferenceHost host, JobSpec job)
    {
        List<int> ids = [];
        using Admission admission = await host.Backend.AdmitAsync(job, TestContext.Current.CancellationToken);
        await foreach (JobEvent e in host.Backend.RunAsync(admission, TestContext.Current.CancellationToken))
        {
            switch (e)
            {
                case JobEvent.Delta delta:
                    ids.AddRange(delta.TokenIds.Span);
                    break;
                case JobEvent.Finished finished:
                    return ([.. ids], finished.Reason);
            }
        }

        throw new InvalidOperationException("A run ended without its last event.");
    }
}
