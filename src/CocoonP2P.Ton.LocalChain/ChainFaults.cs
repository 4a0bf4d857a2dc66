using CocoonP2P.Ton.LocalChain.Ledger;

namespace CocoonP2P.Ton.LocalChain;

/// <summary>What goes wrong on purpose. At first nothing does.</summary>
internal sealed class ChainFaults
{
    private int drops;

    /// <summary>Blocks that an external message waits beyond the next.</summary>
    public uint DelayBlocks { get; set; }

    /// <summary>The order in which a block takes messages.</summary>
    public IDeliveryOrder Order { get; set; } = SentOrder.Instance;

    /// <summary>Loses the next <paramref name="count"/> external messages, though their senders hear that all is well.</summary>
    public void DropExternals(int count) => drops = count;

    internal bool DropsNext()
    {
        if (drops == 0)
        {
            return false;
        }

        drops--;
        return true;
    }
}
