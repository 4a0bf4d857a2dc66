using CocoonP2P.Inference.Scheduling;
using CocoonP2P.Models;
using CocoonP2P.Text;
using CocoonP2P.Text.Grammar;

namespace CocoonP2P.Inference;

/// <summary>From what a client asks to a job that the engine can run: checked, and all its memory made.</summary>
/// <param name="manifest">The model.</param>
/// <param name="text">Its tokenizer.</param>
internal sealed class JobMaker(ModelManifest manifest, IModelText text)
{
    private readonly GrammarShelf _grammars = new(text, manifest.Llm.Vocabulary);

    /// <exception cref="InferenceException">PromptTooLong or BadParameter.</exception>
    public GenerationJob Make(JobSpec spec)
    {
        JobCheck.Require(spec, manifest);
        GrammarMatcher? grammar = spec.Grammar is { } asked
            ? new GrammarMatcher(_grammars.Get(spec.Tenant, asked), manifest.Llm.Vocabulary, manifest.Llm.EndTokens)
            : null;
        foreach (int id in spec.Resume.Span)
        {
            if (grammar?.TryAccept(id) == false)
            {
                throw new InferenceException(InferenceErrorCode.BadParameter, "resume: the grammar does not allow it.");
            }
        }

        ITextStream? stops = spec.Stop.Count > 0 ? text.OpenStream(spec.Stop) : null;
        return new GenerationJob(spec, stops, TokenCounts.For(spec, manifest.Llm.Vocabulary), grammar);
    }
}
