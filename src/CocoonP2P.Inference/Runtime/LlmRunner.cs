using CocoonP2P.Memory;
using CocoonP2P.Models;
using CocoonP2P.Inference.Onnx;
using CocoonP2P.Inference.Scheduling;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace CocoonP2P.Inference.Runtime;

/// <summary>
/// A cocoon-llm/1 graph in a session, run through bindings that are made once for each shape. Past and present are the
/// same memory, so a step copies no keys or values and allocates nothing.
/// </summary>
internal sealed unsafe class LlmRunner : IStepRunner
{
    /// <summary>Longest prefill run.</summary>
    public const int MaxBucket = 64;

    private readonly LlmShape _shape;
    private readonly InferenceSession _session;
    private readonly IReadOnlyList<PrivateMemory> _weights;
    private readonly IKvTensors _kv;
    private readonly RunOptions _run = new();
    private readonly StepBuffers _buffers;
    private readonly Dictionary<(int First, int Rows, int Length), Plan> _plans = [];
    private volatile bool _terminated;

    private LlmRunner(LlmShape shape, InferenceSession session, IReadOnlyList<PrivateMemory> weights, IKvTensors kv, int slots)
    {
        (_shape, _session, _weights, _kv) = (shape, session, weights, kv);
        _buffers = new StepBuffers(slots, MaxBucket, shape.Vocabulary);
    }

    public IKvMemory Kv => _kv.Memory;

    /// <summary>Opens a session on a graph that the validator has passed. Takes weights, keys and values over.</summary>
    /// <exception cref="InferenceException">ModelInvalid: ONNX Runtime refuses the graph.</exception>
    public static LlmRunner Open(
        LlmShape shape, ReadOnlySpan<byte> graph, IReadOnlyList<(string Name, PrivateMemory Bytes)> weights, SessionOptions options,
        IKvTensors kv, int slots)
    {
        PrivateMemory[] owned = [.. weights.Select(w => w.Bytes)];
        try
        {
            ExternalWeights.Add(options, weights);
            return new LlmRunner(shape, new InferenceSession(graph.ToArray(), options), owned, kv, slots);
        }
        catch (OnnxRuntimeException)
        {
            Array.ForEach(owned, w => w.Dispose());
            kv.Dispose();
            throw new InferenceException(InferenceErrorCode.ModelInvalid, "ONNX Runtime refused the graph.");
        }
    }

    public ReadOnlySpan<float> Prefill(int slot, int start, ReadOnlySpan<int> ids, int bucket)
    {
        Invariant.Holds(ids.Length > 0 && ids.Length <= bucket && bucket is >= 2 and <= MaxBucket, "a chunk fits its bucket");
        Invariant.Holds(start + bucket <= Kv.Capacity, "a padded chunk lies within the slot");
        for (int i = 0; i < bucket; i++)
        {
            _buffers.Ids[i] = i < ids.Length ? Checked(ids[i]) : 0;
        }

        // The padding counts as if it were there; the next run counts the true length.
        _buffers.Lengths[0] = start + bucket - 1;
        *_buffers.Total = start + bucket;
        _buffers.PrefillIndex[1] = ids.Length - 1;
        Run(slot, 1, bucket);
        return Logits(0);
    }

    public void Decode(int first, ReadOnlySpan<int> ids, ReadOnlySpan<int> positions)
    {
        int longest = 0;
        for (int row = 0; row < ids.Length; row++)
        {
            _buffers.Ids[row] = Checked(ids[row]);
            _buffers.Lengths[row] = positions[row];
            longest = Math.Max(longest, positions[row] + 1);
        }

        Invariant.Holds(longest <= Kv.Capacity, "a row has room for its next token");
        *_buffers.Total = longest;
        Run(first, ids.Length, 1);
    }

    public ReadOnlySpan<float> Logits(int row) => new(_buffers.Logits + ((long)row * _shape.Vocabulary), _shape.Vocabulary);

    public void Terminate()
    {
        _terminated = true;
        _run.Terminate = true;
    }

    public void Wipe() => _buffers.Wipe();

    public void Dispose()
    {
        foreach (Plan plan in _plans.Values)
        {
            plan.Dispose();
        }

        _session.Dispose();
        _run.Dispose();
        _kv.Dispose();
        _buffers.Dispose();
        foreach (PrivateMemory weights in _weights)
        {
            weights.Dispose();
        }
    }

    // The embedding gives a row of zeros for an id past its end, silently, and wraps a negative one.
    private long Checked(int id)
    {
        Invariant.Holds(id >= 0 && id < _shape.Vocabulary, "a token id is below the vocabulary");
        return id;
    }

    private void Run(int first, int rows, int length)
    {
        if (!_plans.TryGetValue((first, rows, length), out Plan? plan))
        {
            plan = new Plan(_session, _shape, _kv, _buffers, first, rows, length);
            _plans.Add((first, rows, length), plan);
        }

        try
        {
            _session.RunWithBinding(_run, plan.Binding);
        }
        catch (OnnxRuntimeException)
        {
            bool ended = _terminated;
            _terminated = false;
            _run.Terminate = false;
            throw new StepFailedException(ended ? InferenceErrorCode.Deadline : InferenceErrorCode.DeviceLost);
        }
    }

    /// <summary>The binding of one shape: rows first … first + rows − 1, of so many positions each.</summary>
    private sealed class Plan : IDisposable
    {
        private readonly List<OrtValue> _values = [];

        public Plan(InferenceSession session, LlmShape shape, IKvTensors kv, StepBuffers buffers, int first, int rows, int length)
        {
            Binding = session.CreateIoBinding();
            Binding.BindInput(LlmContract.InputIds, Value(TensorElementType.Int64, (nint)buffers.Ids, rows, length));
            Binding.BindInput(LlmContract.SequenceLengths, Value(TensorElementType.Int32, (nint)buffers.Lengths, rows));
            Binding.BindInput(LlmContract.TotalLength, Value(TensorElementType.Int32, (nint)buffers.Total, 1));
            nint index = (nint)(length == 1 ? buffers.DecodeIndex : buffers.PrefillIndex);
            Binding.BindInput(LlmContract.LogitsIndex, Value(TensorElementType.Int64, index, rows, 2));
            Binding.BindOutput(LlmContract.Logits, Value(TensorElementType.Float, (nint)buffers.Logits, rows, shape.Vocabulary));
            for (int layer = 0; layer < shape.Layers; layer++)
            {
                OrtValue key = kv.View(2 * layer, first, rows), value = kv.View((2 * layer) + 1, first, rows);
                _values.AddRange(key, value);
                Binding.BindInput(LlmContract.PastKey(layer), key);
                Binding.BindInput(LlmContract.PastValue(layer), value);
                Binding.BindOutput(LlmContract.PresentKey(layer), key);
                Binding.BindOutput(LlmContract.PresentValue(layer), value);
            }
        }

        public OrtIoBinding Binding { get; }

        public void Dispose()
        {
            Binding.Dispose();
            _values.ForEach(v => v.Dispose());
        }

        private OrtValue Value(TensorElementType type, nint address, params long[] dims)
        {
            long bytes = type == TensorElementType.Int64 ? 8 : 4;
            foreach (long dim in dims)
            {
                bytes *= dim;
            }

            OrtValue value = OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, type, dims, address, bytes);
            _values.Add(value);
            return value;
        }
    }
}
