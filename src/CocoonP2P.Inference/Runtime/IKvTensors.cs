using CocoonP2P.Models;
using CocoonP2P.Inference.Scheduling;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace CocoonP2P.Inference.Runtime;

/// <summary>Keys and values that a session can be bound to.</summary>
internal interface IKvTensors : IDisposable
{
    IKvMemory Memory { get; }

    /// <summary>Slots first … first + rows − 1 of a plane, [rows, heads, capacity, dim]; plane 2l is layer l's keys, 2l + 1 its values.</summary>
    OrtValue View(int plane, int first, int rows);
}

/// <summary>In the process's own memory.</summary>
/// <param name="shape">The model's.</param>
/// <param name="slots">Rows.</param>
/// <param name="capacity">Tokens of a row.</param>
internal sealed class HostKv(LlmShape shape, int slots, int capacity) : IKvTensors
{
    private readonly KvSlab _slab = new(shape, slots, capacity);

    public IKvMemory Memory => _slab;

    public static TensorElementType Element(LlmShape shape) =>
        shape.Kv == KvElement.Float32 ? TensorElementType.Float : TensorElementType.Float16;

    public OrtValue View(int plane, int first, int rows) => OrtValue.CreateTensorValueWithData(
        OrtMemoryInfo.DefaultInstance, Element(shape), [rows, shape.KvHeads, capacity, shape.HeadDim],
        _slab.Address(plane, first), rows * _slab.SlotBytes);

    public void Dispose() => _slab.Dispose();
}
