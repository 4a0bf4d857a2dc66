using CocoonP2P.Memory;
using CocoonP2P.Models;

namespace CocoonP2P.Inference.Scheduling;

/// <summary>
/// Keys and values of all slots: for each layer and for each of the two, [slots, heads, capacity, dim]. A slot lies in one
/// piece, so a view of slots a…b is a batch. Memory is committed when it is first touched and zeroed when it is freed.
/// </summary>
internal sealed class KvSlab : IKvMemory
{
    private readonly LlmShape _shape;
    private readonly int _capacity;
    private readonly PrivateMemory[] _planes;

    /// <param name="shape">The model's.</param>
    /// <param name="slots">Rows.</param>
    /// <param name="capacity">Tokens a row can hold.</param>
    public KvSlab(LlmShape shape, int slots, int capacity)
    {
        (_shape, _capacity) = (shape, capacity);
        SlotBytes = (long)shape.KvHeads * capacity * shape.HeadDim * shape.ElementBytes;
        _planes = new PrivateMemory[2 * shape.Layers];
        for (int i = 0; i < _planes.Length; i++)
        {
            _planes[i] = new PrivateMemory(SlotBytes * slots);
        }
    }

    /// <summary>Bytes of one slot in one plane.</summary>
    public long SlotBytes { get; }

    public int Capacity => _capacity;

    private long HeadBytes => (long)_capacity * TokenBytes;

    private int TokenBytes => _shape.HeadDim * _shape.ElementBytes;

    /// <summary>Where a slot starts: plane 2l is layer l's keys, 2l + 1 its values.</summary>
    public nint Address(int plane, int slot) => _planes[plane].Address + (nint)(slot * SlotBytes);

    /// <summary>Copies the first tokens of a slot over another's.</summary>
    public void Copy(int from, int to, int tokens)
    {
        foreach (PrivateMemory plane in _planes)
        {
            for (int head = 0; head < _shape.KvHeads; head++)
            {
                Span(plane, from, head, tokens).CopyTo(Span(plane, to, head, tokens));
            }
        }
    }

    /// <summary>Exchanges the first tokens of two slots.</summary>
    public void Swap(int a, int b, int tokens)
    {
        Span<byte> block = stackalloc byte[1024];
        foreach (PrivateMemory plane in _planes)
        {
            for (int head = 0; head < _shape.KvHeads; head++)
            {
                Span<byte> left = Span(plane, a, head, tokens), right = Span(plane, b, head, tokens);
                for (int at = 0; at < left.Length; at += block.Length)
                {
                    Span<byte> l = left[at..Math.Min(at + block.Length, left.Length)], r = right.Slice(at, l.Length);
                    l.CopyTo(block);
                    r.CopyTo(l);
                    block[..l.Length].CopyTo(r);
                }
            }
        }
    }

    /// <summary>Zeroes the first tokens of a slot and gives its pages back.</summary>
    public void Wipe(int slot, int tokens)
    {
        foreach (PrivateMemory plane in _planes)
        {
            for (int head = 0; head < _shape.KvHeads; head++)
            {
                Span(plane, slot, head, tokens).Clear();
            }

            plane.Release(slot * SlotBytes, SlotBytes);
        }
    }

    /// <summary>A slot of one plane.</summary>
    public Span<byte> Bytes(int plane, int slot) => _planes[plane].Bytes(slot * SlotBytes, checked((int)SlotBytes));

    /// <summary>Whether every byte of a slot is zero: what a wipe promises.</summary>
    public bool IsZero(int slot)
    {
        bool zero = true;
        for (int plane = 0; plane < _planes.Length; plane++)
        {
            zero &= Bytes(plane, slot).IndexOfAnyExcept((byte)0) < 0;
        }

        return zero;
    }

    public void Dispose()
    {
        foreach (PrivateMemory plane in _planes)
        {
            plane.Dispose();
        }
    }

    private Span<byte> Span(PrivateMemory plane, int slot, int head, int tokens) =>
        plane.Bytes((slot * SlotBytes) + (head * HeadBytes), tokens * TokenBytes);
}
