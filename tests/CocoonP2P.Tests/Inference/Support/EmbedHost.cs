using CocoonP2P.Inference;
using CocoonP2P.Models;

namespace CocoonP2P.Tests.Inference.Support;

/// <summary>An inference host on the random embedder.</summary>
internal sealed class EmbedHost : IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly InferenceHost _host;

    private EmbedHost(TempFolder folder, InferenceHost host) => (_folder, _host) = (folder, host);

    public IInferenceBackend Backend => _host.Backend;

    public ModelInfo Model => Backend.Models[0];

    public static async Task<EmbedHost> OpenAsync()
    {
        TempFolder folder = new();
        RandomEmbedder.WriteTo(folder["model"]);
        new ModelStore(folder["store"]).Add(folder["model"]);
        InferenceOptions options = new() { StoreFolder = folder["store"], Device = "cpu", Threads = 1 };
        return new EmbedHost(folder, await InferenceHost.OpenAsync(
            options, (_, manifest) => new FakeText(manifest), TimeProvider.System, TestContext.Current.CancellationToken));
    }

    public JobSpec Job(int[][] texts) =>
        new(Model.Id, texts.SelectMany(t => t).ToArray(), 1, new SamplingParameters(), []) { Inputs = [.. texts.Select(t => t.Length)] };

    public async Task<(float[] Vectors, JobEvent.Finished End)> RunAsync(JobSpec job)
    {
        float[] vectors = [];
        Admission admission = await Backend.AdmitAsync(job, TestContext.Current.CancellationToken);
        Assert.True(admission.Accepted);
        await foreach (JobEvent e in Backend.RunAsync(admission, TestContext.Current.CancellationToken))
        {
            switch (e)
            {
                case JobEvent.Vectors made:
                    vectors = made.Values.ToArray();
                    break;
                case JobEvent.Finished finished:
                    return (vectors, finished);
            }
        }

        throw new InvalidOperationException("A run ended without its last event.");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }
}
