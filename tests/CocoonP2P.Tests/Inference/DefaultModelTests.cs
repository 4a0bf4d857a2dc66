using CocoonP2P.Inference;
using CocoonP2P.Models;
using CocoonP2P.Tests.Inference.Support;
using CocoonP2P.Text;

namespace CocoonP2P.Tests.Inference;

/// <summary>The model that comes with the repository, through everything from its files to text.</summary>
public sealed class DefaultModelTests
{
    [Fact]
    public async Task The_default_model_answers_and_is_deterministic()
    {
        using TempFolder temp = new();
        ModelManifest manifest = new ModelStore(temp["store"]).Add(Repository.File("models/cocoon-tiny"));
        await using InferenceHost host = await InferenceHost.OpenAsync(
            new InferenceOptions { StoreFolder = temp["store"], Device = "cpu" }, TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.True(host.Backend.Models[0].Deterministic);
        Assert.True(host.Catalog.TryFind("cocoon-tiny", out IModelText? text));
        int[] prompt = text.EncodeChat(new ChatPrompt([new ChatTurn("user", "Tell me a story about a lamp.")]));
        JobSpec job = new(manifest.Id, prompt, 100, new SamplingParameters { Temperature = 0 }, []);
        string first = await AnswerAsync(host, text, job), second = await AnswerAsync(host, text, job);
        Assert.Equal(first, second);
        Assert.NotEmpty(first);
        TestContext.Current.TestOutputHelper?.WriteLine(first);
    }

    private static async Task<string> AnswerAsync(InferenceHost host, IModelText text, JobSpec job)
    {
        ITextStream stream = text.OpenStream(job.Stop);
        string answer = "";
        using Admission admission = await host.Backend.AdmitAsync(job, TestContext.Current.CancellationToken);
        await foreach (JobEvent e in host.Backend.RunAsync(admission, TestContext.Current.CancellationToken))
        {
            answer += e is JobEvent.Delta delta ? stream.Append(delta.TokenIds.Span) : "";
        }

        return answer + stream.Finish();
    }
}
