using System.Runtime.CompilerServices;
using CocoonP2P.Inference.Scheduling;

namespace CocoonP2P.Inference;

/// <summary>A job that generates, from its place in the queue to its last token.</summary>
internal sealed class GenerationRun(LoadedModel model, GenerationJob job, TimeProvider time) : AdmittedRun(time)
{
    public override async IAsyncEnumerable<JobEvent> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int read = job.Replayed;
        bool started = false;
        model.Loop.Submit(job);
        try
        {
            while (true)
            {
                await job.NewsAsync(cancellationToken);
                if (!started && job.HasStarted)
                {
                    started = true;
                    yield return new JobEvent.Started();
                }

                // In this order: tokens that were added before the end are seen when the end is seen.
                bool ended = job.HasEnded;
                int count = job.Count;
                if (count > read)
                {
                    yield return new JobEvent.Delta(job.Tokens(read, count).ToArray(), job.Logprobs?.Read(read, count) ?? []);
                    read = count;
                }

                if (ended)
                {
                    // Replayed tokens are read as the prompt is, and count with it.
                    yield return new JobEvent.Finished(
                        Reason(job.End, cancellationToken), job.PromptTokens + job.Replayed, 0, Math.Max(0, count - job.Replayed));
                    yield break;
                }
            }
        }
        finally
        {
            // Whoever leaves early waits for one step: when this returns the slot is free and wiped.
            if (!job.HasEnded)
            {
                model.Loop.Cancel(job);
                while (!job.HasEnded)
                {
                    await job.NewsAsync(CancellationToken.None);
                }
            }

            Finish();
        }
    }

    protected override void Leave()
    {
        model.Gate.Leave(job.Tenant);
        job.Wipe();
    }

    private static FinishReason Reason(JobEnd end, CancellationToken cancellationToken) => end switch
    {
        JobEnd.Stop => FinishReason.Stop,
        JobEnd.Length => FinishReason.Length,
        JobEnd.BadLogits => throw new InferenceException(InferenceErrorCode.BadLogits, "The model produced logits that are not numbers."),
        JobEnd.Deadline => throw new InferenceException(InferenceErrorCode.Deadline, "A step outran its time."),
        JobEnd.DeviceLost => throw new InferenceException(InferenceErrorCode.DeviceLost, "A step failed twice."),
        _ => throw new OperationCanceledException("The engine stopped.", cancellationToken),
    };
}
