using CocoonP2P.Inference;
using CocoonP2P.Models;

namespace CocoonP2P.Tests.Inference.Support;

/// <summary>An inference host on the random Llama, in a store of its own.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly TempFolder _folder;

    private TestHost(TempFolder folder, InferenceHost host) => (_folder, Host) = (folder, host);

    public InferenceHost Host { get; }

    public IInferenceBackend Backend => Host.Backend;

    public ModelInfo Model => Backend.Models[0];

    public static async Task<TestHost> OpenAsync(int slots = 4, int threads = 1, TimeProvider? time = null)
    {
        TempFolder folder = new();
        RandomLlama.WriteTo(folder["model"]);
        new ModelStore(folder["store"]).Add(folder["model"]);
        InferenceOptions options = new() { StoreFolder = folder["store"], Device = "cpu", Slots = slots, Threads = threads };
        InferenceHost host = await InferenceHost.OpenAsync(
            options, (_, manifest) => new FakeText(manifest), time ?? TimeProvider.System, TestContext.Current.CancellationToken);
        return new TestHost(folder, host);
    }

    /// <summary>A job that never ends before its count, unless the model happens to say the end token.</summary>
    public JobSpec Job(ulong seed = 1, int prompt = 9, int max = 24, float temperature = 1, string tenant = "", params string[] stop) => new(
        Model.Id, Prompt(prompt, (int)seed), max, new SamplingParameters { Seed = seed, Temperature = temperature }, stop, tenant);

    public static int[] Prompt(int length, int seed) =>
        [.. Enumerable.Range(0, length).Select(i => 4 + (((i * 37) + (seed * 11)) % (RandomLlama.Vocabulary - 4)))];

    /// <summary>Runs a job to its end.</summary>
    public async Task<(int[] Ids, JobEvent.Finished End)> RunAsync(JobSpec job)
    {
        List<int> ids = [];
        Admission admission = await Backend.AdmitAsync(job, TestContext.Current.CancellationToken);
        Assert.True(admission.Accepted);
        await foreach (JobEvent e in Backend.RunAsync(admission, TestContext.Current.CancellationToken))
        {
            switch (e)
            {
                case JobEvent.Delta delta:
                    ids.AddRange(delta.TokenIds.Span);
                    break;
                case JobEvent.Finished finished:
                    return ([.. ids], finished);
            }
        }

        throw new InvalidOperationException("A run ended without its last event.");
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _folder.Dispose();
    }
}
