using CocoonP2P.Models;
using CocoonP2P.Inference.Scheduling;

namespace CocoonP2P.Tests.Inference.Scheduling;

public sealed class KvSlabTests : IDisposable
{
    private readonly KvSlab _slab = new(new LlmShape(2, 3, 16, KvElement.Float32, 100, [1]), slots: 3, capacity: 100);

    [Fact]
    public void A_wiped_slot_is_zero_and_its_neighbours_are_not_touched()
    {
        Fill(0, 100);
        Fill(1, 100);
        _slab.Wipe(0, 100);
        Assert.True(_slab.IsZero(0));
        Assert.Equal(2, _slab.Bytes(0, 1)[0]);
        Assert.False(_slab.IsZero(1));
    }

    [Fact]
    public void A_copy_takes_the_first_tokens_of_every_head()
    {
        Fill(0, 40);
        _slab.Copy(0, 2, 40);
        _slab.Wipe(0, 40);
        Assert.True(_slab.IsZero(0));
        _slab.Copy(2, 0, 40);
        _slab.Wipe(2, 40);
        Assert.True(_slab.IsZero(2));
        Assert.False(_slab.IsZero(0));
    }

    [Fact]
    public void A_swap_and_a_swap_back_change_nothing()
    {
        Fill(0, 30);
        Fill(1, 80);
        _slab.Swap(0, 1, 80);
        Assert.Equal(2, _slab.Bytes(3, 0)[0]);
        _slab.Swap(0, 1, 80);
        _slab.Wipe(0, 30);
        _slab.Wipe(1, 80);
        Assert.True(_slab.IsZero(0) && _slab.IsZero(1));
    }

    public void Dispose() => _slab.Dispose();

    private void Fill(int slot, int tokens)
    {
        const int TokenBytes = 16 * sizeof(float), Heads = 3, Planes = 4;
        for (int plane = 0; plane < Planes; plane++)
        {
            for (int head = 0; head < Heads; head++)
            {
                _slab.Bytes(plane, slot).Slice(head * _slab.Capacity * TokenBytes, tokens * TokenBytes).Fill((byte)(slot + 1));
            }
        }
    }
}
