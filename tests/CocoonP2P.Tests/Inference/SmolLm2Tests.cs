using System.Text.Json;
using CocoonP2P.Inference;
using CocoonP2P.Models;
using CocoonP2P.Tests.Inference.Support;
using CocoonP2P.Text;

namespace CocoonP2P.Tests.Inference;

/// <summary>The engine on a real model, against ids that another program got from the same graph.</summary>
public sealed class SmolLm2Tests
{
    // Another processor rounds activations otherwise; where two candidates are this close either may win.
    private const double Close = 0.5;

    [Fact]
    public async Task Greedy_answers_are_those_of_the_reference()
    {
        string folder = SharedModel.Find("smollm2-135m-instruct");
        using TempFolder temp = new();
        ModelManifest manifest = new ModelStore(temp["store"]).Add(folder, "manifest-draft.json");
        using JsonDocument reference = JsonDocument.Parse(await File.ReadAllBytesAsync(
            Path.Combine(folder, "reference.json"), TestContext.Current.CancellationToken));
        InferenceOptions options = new() { StoreFolder = temp["store"], Device = "cpu", Slots = 3 };
        await using InferenceHost host = await InferenceHost.OpenAsync(options, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.True(host.Backend.Models[0].Deterministic);
        JsonElement[] cases = [.. reference.RootElement.GetProperty("cases").EnumerateArray()];
        await Says_that_Paris_is_the_capital(host, manifest);
        int[][] answers = await Task.WhenAll(cases.Select(c => RunAsync(host.Backend, manifest, Ids(c.GetProperty("prompt_ids")))));
        int exact = 0;
        for (int i = 0; i < cases.Length; i++)
        {
            int[] expected = Ids(cases[i].GetProperty("onnx").GetProperty("ids"));
            double[] margins = [.. cases[i].GetProperty("onnx").GetProperty("margins").EnumerateArray().Select(m => m.GetDouble())];
            int same = answers[i].Zip(expected).TakeWhile(p => p.First == p.Second).Count();
            Assert.True(same == answers[i].Length || margins[same] < Close, $"case {i} parts at step {same} with margin {margins[Math.Min(same, 63)]}");
            exact += same == answers[i].Length ? 1 : 0;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{exact} of {cases.Length} answers are equal to the last token.");
        Assert.True(exact >= 3);
    }

    // Under the template's own system message it says something else, and so does the reference.
    private static async Task Says_that_Paris_is_the_capital(InferenceHost host, ModelManifest manifest)
    {
        Assert.True(host.Catalog.TryFind("smollm2-135m-instruct", out IModelText? text));
        int[] prompt = text.EncodeChat(new ChatPrompt([new ChatTurn("system", "You are a helpful assistant."), new ChatTurn("user", "What is the capital of France?")]));
        ITextStream stream = text.OpenStream([]);
        string answer = stream.Append(await RunAsync(host.Backend, manifest, prompt)) + stream.Finish();
        Assert.Equal("The capital of France is Paris.", answer);
    }

    private static async Task<int[]> RunAsync(IInferenceBackend backend, ModelManifest manifest, int[] prompt)
    {
        JobSpec job = new(manifest.Id, prompt, 32, new SamplingParameters { Temperature = 0 }, []);
        Admission admission = await backend.AdmitAsync(job, TestContext.Current.CancellationToken);
        List<int> ids = [];
        await foreach (JobEvent e in backend.RunAsync(admission, TestContext.Current.CancellationToken))
        {
            if (e is JobEvent.Delta delta)
            {
                ids.AddRange(delta.TokenIds.Span);
            }
        }

        return [.. ids];
    }

    private static int[] Ids(JsonElement list) => [.. list.EnumerateArray().Select(i => i.GetInt32())];
}
