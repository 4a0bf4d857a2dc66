using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using CocoonP2P.Inference.Scheduling;

namespace CocoonP2P.Inference.Embedding;

/// <summary>An embedding job, from its place in the queue to its vectors.</summary>
internal sealed class EmbeddingRun(EmbeddingModel model, JobSpec spec, TimeProvider time) : AdmittedRun(time)
{
    private readonly int[] _ids = spec.PromptIds.ToArray();

    public override async IAsyncEnumerable<JobEvent> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        float[] vectors;
        try
        {
            await model.Turn.WaitAsync(cancellationToken);
            try
            {
                // Arithmetic for a tenth of a second or more: not on the caller's thread.
                vectors = await Task.Run(() => Compute(cancellationToken), cancellationToken);
            }
            finally
            {
                model.Turn.Release();
            }
        }
        finally
        {
            Finish();
        }

        yield return new JobEvent.Started();
        yield return new JobEvent.Vectors(vectors);
        yield return new JobEvent.Finished(FinishReason.Stop, spec.PromptIds.Length, 0, 0);
    }

    protected override void Leave()
    {
        model.Gate.Leave(spec.Tenant);
        _ids.AsSpan().Clear();
    }

    private float[] Compute(CancellationToken cancellationToken)
    {
        long begun = Time.GetTimestamp();
        int dimensions = model.Runner.Dimensions;
        int[] starts = new int[spec.Inputs.Count];
        for (int text = 1; text < starts.Length; text++)
        {
            starts[text] = starts[text - 1] + spec.Inputs[text - 1];
        }

        float[] vectors = new float[spec.Inputs.Count * dimensions];
        foreach (int[] batch in EmbedBatches.Of(spec.Inputs, model.RunsTogether))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (model.IsClosed)
            {
                throw new OperationCanceledException("The engine stopped.", cancellationToken);
            }

            int[] ids = [.. batch.SelectMany(text => _ids.Skip(starts[text]).Take(spec.Inputs[text]))];
            float[] made = new float[batch.Length * dimensions];
            Run(ids, [.. batch.Select(text => spec.Inputs[text])], made);
            for (int row = 0; row < batch.Length; row++)
            {
                made.AsSpan(row * dimensions, dimensions).CopyTo(vectors.AsSpan(batch[row] * dimensions));
            }

            ids.AsSpan().Clear();
        }

        model.Pace.Ended(spec.PromptIds.Length, Time.GetElapsedTime(begun), Time.GetElapsedTime(begun));
        return vectors;
    }

    private void Run(int[] ids, int[] lengths, float[] made)
    {
        try
        {
            model.Runner.Run(ids, lengths, made);
        }
        catch (StepFailedException e)
        {
            throw new InferenceException(e.Code, "A run failed.");
        }

        if (!float.IsFinite(TensorPrimitives.SumOfMagnitudes<float>(made)))
        {
            throw new InferenceException(InferenceErrorCode.BadLogits, "The model produced a vector that is not numbers.");
        }
    }
}
