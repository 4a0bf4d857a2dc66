using CocoonP2P.Models;
using CocoonP2P.Text;

namespace CocoonP2P.Inference;

/// <summary>A model in memory, ready for jobs.</summary>
internal interface IHostedModel : IAsyncDisposable
{
    ModelManifest Manifest { get; }

    IModelText Text { get; }

    ModelInfo Info { get; }

    /// <summary>Checks a job, makes its memory, and takes a place for it; or says when one should be free.</summary>
    /// <exception cref="InferenceException">PromptTooLong or BadParameter.</exception>
    Admission Admit(JobSpec job, TimeProvider time);
}
