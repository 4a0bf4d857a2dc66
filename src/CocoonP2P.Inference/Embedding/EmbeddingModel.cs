using CocoonP2P.Inference.Scheduling;
using CocoonP2P.Models;
using CocoonP2P.Text;

namespace CocoonP2P.Inference.Embedding;

/// <summary>A model that embeds. Its jobs run one after the other, each with as many texts at once as its self-test allows.</summary>
/// <param name="manifest">What it is.</param>
/// <param name="text">Its tokenizer.</param>
/// <param name="runner">Taken over.</param>
/// <param name="runsTogether">Whether texts of one length get the same bits together as alone.</param>
internal sealed class EmbeddingModel(ModelManifest manifest, IModelText text, IEmbedRunner runner, bool runsTogether) : IHostedModel
{
    public ModelManifest Manifest => manifest;

    public IModelText Text => text;

    public IEmbedRunner Runner => runner;

    public bool RunsTogether => runsTogether;

    /// <summary>One run at a time; first come, first served.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    public bool IsClosed { get; private set; }

    public Pace Pace { get; } = new();

    public AdmissionGate Gate => field ??= new AdmissionGate(1, Pace);

    // Texts run alone where they would differ together, so the bits are the same in any case.
    public ModelInfo Info => new(
        manifest.Name, manifest.Id, manifest.Kind, manifest.Limits.ContextTokens, 0, 1, Gate.FreeSlots, true)
    {
        Dimensions = manifest.Embed.Dimensions,
        TokensPerSecond = Pace.TokensPerSecond,
        QueueTime = Gate.QueueTime,
    };

    public Admission Admit(JobSpec job, TimeProvider time)
    {
        EmbeddingCheck.Require(job, manifest);
        return Gate.TryEnter(job.Tenant, out TimeSpan retryAfter)
            ? new Admission(true, TimeSpan.Zero, new EmbeddingRun(this, job, time))
            : new Admission(false, retryAfter, null);
    }

    /// <summary>Ends the run that is under way and waits for it; those that wait behind it are cancelled.</summary>
    public async ValueTask DisposeAsync()
    {
        IsClosed = true;
        runner.Terminate();
        await Turn.WaitAsync();
        runner.Dispose();
        Turn.Release();
    }
}
