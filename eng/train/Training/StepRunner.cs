using System.Numerics.Tensors;
using CocoonP2P.Inference.Runtime;
using Microsoft.ML.OnnxRuntime;

namespace CocoonP2P.Train.Training;

/// <summary>Runs the training graph on fixed memory: batch in, loss and gradients out.</summary>
internal sealed class StepRunner : IDisposable
{
    private readonly Shape _shape;
    private readonly SessionOptions _options;
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly OrtIoBinding _binding;
    private readonly List<OrtValue> _values = [];
    private readonly float[] _loss = GC.AllocateArray<float>(1, pinned: true);
    private readonly float[] _inputGradient;

    public StepRunner(Shape shape, int rows, int length, int threads)
    {
        _shape = shape;
        Batch = new Batch(rows, length);
        Parameters = [.. shape.Weights().Select(weight => new Parameter(weight.Name, weight.Dimensions))];
        _inputGradient = GC.AllocateArray<float>(rows * length * shape.Width, pinned: true);
        // First, so that the runtime opens as in a node: silent, and reporting to nobody.
        OrtHost.Open("");
        _options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        _options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _session = new InferenceSession(TrainingGraph.Build(shape, rows, length), _options);
        _binding = _session.CreateIoBinding();
        Bind(rows, length);
    }

    public Batch Batch { get; }

    public Parameter[] Parameters { get; }

    /// <summary>Computes the loss and every gradient for what lies in <see cref="Batch"/>.</summary>
    public float Run()
    {
        _session.RunWithBinding(_run, _binding);
        Span<float> embed = Parameters[0].Gradient;
        int width = _shape.Width;
        for (int token = 0; token < Batch.Ids.Length; token++)
        {
            Span<float> row = embed.Slice((int)Batch.Ids[token] * width, width);
            TensorPrimitives.Add(row, _inputGradient.AsSpan(token * width, width), row);
        }

        return _loss[0];
    }

    public void Dispose()
    {
        _binding.Dispose();
        _values.ForEach(value => value.Dispose());
        _run.Dispose();
        _session.Dispose();
        _options.Dispose();
    }

    private void Bind(int rows, int length)
    {
        long tokens = rows * length;
        _binding.BindInput("ids", Value(Batch.Ids, tokens));
        _binding.BindInput("targets", Value(Batch.Targets, tokens));
        _binding.BindInput("loss_weights", Value(Batch.LossWeights, tokens));
        _binding.BindInput("mask", Value(Batch.Mask, rows, 1, 1, length, length));
        _binding.BindOutput("loss", Value(_loss));
        _binding.BindOutput("d_input", Value(_inputGradient, tokens, _shape.Width));
        foreach (Parameter parameter in Parameters)
        {
            _binding.BindInput(parameter.Name, Value(parameter.Seen, parameter.Dimensions));
            _binding.BindOutput(Blocks.GradientOf(parameter.Name), Value(parameter.Gradient, parameter.Dimensions));
        }
    }

    private OrtValue Value<T>(T[] memory, params long[] dimensions)
        where T : unmanaged
    {
        OrtValue value = OrtValue.CreateTensorValueFromMemory(memory, dimensions);
        _values.Add(value);
        return value;
    }
}

/// <summary>The memory of one batch.</summary>
internal sealed class Batch(int rows, int length)
{
    /// <summary>Added to a score that must not count.</summary>
    public const float Hidden = -1e9f;

    public int Rows => rows;

    public int Length => length;

    public long[] Ids { get; } = GC.AllocateArray<long>(rows * length, pinned: true);

    public long[] Targets { get; } = GC.AllocateArray<long>(rows * length, pinned: true);

    public float[] LossWeights { get; } = GC.AllocateArray<float>(rows * length, pinned: true);

    public float[] Mask { get; } = GC.AllocateArray<float>(rows * length * length, pinned: true);
}
