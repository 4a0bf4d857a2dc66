using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CocoonP2P.Models;
using CocoonP2P.Inference.Scheduling;
using Microsoft.ML.OnnxRuntime;

namespace CocoonP2P.Inference.Runtime;

/// <summary>
/// In a device's memory, moved and zeroed there. Slots are moved whole: that costs a device less than many small copies.
/// A slot more than asked for is the room in which two are exchanged.
/// </summary>
internal sealed unsafe class DeviceKv : IKvTensors, IKvMemory
{
    private readonly Action<OrtValue, OrtValue> _copy;
    private readonly OrtMemoryInfo _place;
    private readonly LlmShape _shape;
    private readonly int _slots;
    private readonly OrtValue[] _planes;
    private readonly OrtValue _zeros;

    /// <param name="copy">Copies the first tensor to the second, whatever memories they lie in.</param>
    /// <param name="allocator">The device's.</param>
    /// <param name="shape">The model's.</param>
    /// <param name="slots">Rows.</param>
    /// <param name="capacity">Tokens of a row.</param>
    public DeviceKv(Action<OrtValue, OrtValue> copy, OrtAllocator allocator, LlmShape shape, int slots, int capacity)
    {
        (_copy, _place, _shape, _slots, Capacity) = (copy, allocator.Info, shape, slots, capacity);
        _planes = new OrtValue[2 * shape.Layers];
        for (int plane = 0; plane < _planes.Length; plane++)
        {
            _planes[plane] = OrtValue.CreateAllocatedTensorValue(
                allocator, HostKv.Element(shape), [slots + 1, shape.KvHeads, capacity, shape.HeadDim]);
        }

        _zeros = OrtValue.CreateAllocatedTensorValue(
            OrtAllocator.DefaultInstance, HostKv.Element(shape), [1, shape.KvHeads, capacity, shape.HeadDim]);
        _zeros.GetTensorMutableRawData().Clear();
        for (int slot = 0; slot <= slots; slot++)
        {
            // A device's allocator gives memory as it was left.
            Wipe(slot, capacity);
        }
    }

    public int Capacity { get; }

    public IKvMemory Memory => this;

    private long SlotBytes => (long)_shape.KvHeads * Capacity * _shape.HeadDim * _shape.ElementBytes;

    public OrtValue View(int plane, int first, int rows)
    {
        // Only the address is taken: on a device nobody here may read what it points at.
        nint start = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(_planes[plane].GetTensorMutableRawData()));
        return OrtValue.CreateTensorValueWithData(
            _place, HostKv.Element(_shape), [rows, _shape.KvHeads, Capacity, _shape.HeadDim],
            start + (nint)(first * SlotBytes), rows * SlotBytes);
    }

    public void Copy(int from, int to, int tokens)
    {
        for (int plane = 0; plane < _planes.Length; plane++)
        {
            using OrtValue source = View(plane, from, 1), target = View(plane, to, 1);
            _copy(source, target);
        }
    }

    public void Swap(int a, int b, int tokens)
    {
        Copy(a, _slots, tokens);
        Copy(b, a, tokens);
        Copy(_slots, b, tokens);
        Wipe(_slots, tokens);
    }

    public void Wipe(int slot, int tokens)
    {
        for (int plane = 0; plane < _planes.Length; plane++)
        {
            using OrtValue target = View(plane, slot, 1);
            _copy(_zeros, target);
        }
    }

    public void Dispose()
    {
        Array.ForEach(_planes, p => p.Dispose());
        _zeros.Dispose();
    }
}
