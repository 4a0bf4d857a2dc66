using CocoonP2P.Inference.Embedding;
using CocoonP2P.Inference.Onnx;
using CocoonP2P.Inference.Scheduling;
using CocoonP2P.Memory;
using Microsoft.ML.OnnxRuntime;

namespace CocoonP2P.Inference.Runtime;

/// <summary>A cocoon-embed/1 graph in a session.</summary>
internal sealed class EmbedRunner : IEmbedRunner
{
    private static readonly string[] Inputs = [EmbedContract.InputIds, EmbedContract.InputIndex];
    private static readonly string[] Outputs = [EmbedContract.Embedding];

    private readonly InferenceSession _session;
    private readonly IReadOnlyList<PrivateMemory> _weights;
    private readonly RunOptions _run = new();

    private EmbedRunner(InferenceSession session, IReadOnlyList<PrivateMemory> weights, int dimensions) =>
        (_session, _weights, Dimensions) = (session, weights, dimensions);

    public int Dimensions { get; }

    /// <summary>Opens a session on a graph that the validator has passed. Takes the weights over.</summary>
    /// <exception cref="InferenceException">ModelInvalid: ONNX Runtime refuses the graph.</exception>
    public static EmbedRunner Open(
        int dimensions, ReadOnlySpan<byte> graph, IReadOnlyList<(string Name, PrivateMemory Bytes)> weights, SessionOptions options)
    {
        PrivateMemory[] owned = [.. weights.Select(w => w.Bytes)];
        try
        {
            ExternalWeights.Add(options, weights);
            return new EmbedRunner(new InferenceSession(graph.ToArray(), options), owned, dimensions);
        }
        catch (OnnxRuntimeException)
        {
            Array.ForEach(owned, w => w.Dispose());
            throw new InferenceException(InferenceErrorCode.ModelInvalid, "ONNX Runtime refused the graph.");
        }
    }

    public void Run(ReadOnlySpan<int> ids, ReadOnlySpan<int> lengths, Span<float> vectors)
    {
        long[] tokens = new long[ids.Length], index = new long[2 * ids.Length];
        for (int row = 0, at = 0; row < lengths.Length; row++)
        {
            for (int position = 0; position < lengths[row]; position++, at++)
            {
                (tokens[at], index[2 * at], index[(2 * at) + 1]) = (ids[at], row, position);
            }
        }

        try
        {
            using OrtValue tokenValue = OrtValue.CreateTensorValueFromMemory(tokens, [ids.Length]);
            using OrtValue indexValue = OrtValue.CreateTensorValueFromMemory(index, [ids.Length, 2]);
            using IDisposableReadOnlyCollection<OrtValue> result = _session.Run(_run, Inputs, [tokenValue, indexValue], Outputs);
            Span<float> made = result[0].GetTensorMutableDataAsSpan<float>();
            if (made.Length != vectors.Length)
            {
                throw new StepFailedException(InferenceErrorCode.ModelInvalid);
            }

            made.CopyTo(vectors);
            made.Clear();
        }
        catch (OnnxRuntimeException)
        {
            throw new StepFailedException(_run.Terminate ? InferenceErrorCode.Deadline : InferenceErrorCode.DeviceLost);
        }
        finally
        {
            tokens.AsSpan().Clear();
        }
    }

    public void Terminate() => _run.Terminate = true;

    public void Dispose()
    {
        _session.Dispose();
        _run.Dispose();
        foreach (PrivateMemory weights in _weights)
        {
            weights.Dispose();
        }
    }
}
