using System.Collections.Concurrent;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Ton;

namespace CocoonP2P.Tests.Jobs.Scene;

/// <summary>A chain on which every channel is funded as soon as that is asked for, and nothing else ever happens.</summary>
internal sealed class MemoryChain(TimeProvider time) : IChainPort
{
    private readonly ConcurrentDictionary<Bits256, NanoTon> _deposits = new();

    public int Opened => _deposits.Count;

    public Task<ChainView> ViewAsync(ChannelSettings channel, CancellationToken cancellation)
    {
        uint now = (uint)time.GetUtcNow().ToUnixTimeSeconds();
        return Task.FromResult(_deposits.TryGetValue(channel.Address.Hash, out NanoTon deposit)
            ? new ChainView(1, now, ChannelAccount.Open, deposit + new NanoTon(100_000_000)) { Epoch = 1, Deposit = deposit }
            : new ChainView(0, now, ChannelAccount.Absent, NanoTon.Zero));
    }

    public Task<NanoTon> BalanceAsync(CancellationToken cancellation) => Task.FromResult(new NanoTon(1_000_000_000_000));

    public Task<bool> SubmitAsync(ChannelSettings channel, ulong epoch, SignedTx tx, CancellationToken cancellation)
    {
        if (tx.Tx is ChannelTx.Open open)
        {
            _deposits[channel.Address.Hash] = open.Deposit;
        }

        return Task.FromResult(true);
    }
}
