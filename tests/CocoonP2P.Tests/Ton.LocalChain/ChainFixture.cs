using CocoonP2P.Ton.LocalChain;
using Microsoft.Extensions.Time.Testing;

namespace CocoonP2P.Tests.Ton.LocalChain;

/// <summary>One chain a test class; each test goes back to its first block. Without the TVM a desk skips, and CI fails.</summary>
public sealed class ChainFixture : IDisposable
{
    private readonly LocalTon? chain;
    private readonly ChainSnapshot? genesis;
    private readonly string? reason;

    public ChainFixture()
    {
        LocalTonOptions options = new() { CacheFolder = Path.Combine(AppContext.BaseDirectory, "tvm") };
        if (!LocalTon.IsAvailable(options, out reason))
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", reason);
            return;
        }

        chain = new LocalTon(options, Time);
        genesis = chain.Snapshot();
    }

    internal FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>A fresh chain, at the present of <see cref="Time"/>.</summary>
    internal LocalTon Fresh()
    {
        Assert.SkipWhen(chain is null, reason ?? "");
        chain!.Restore(genesis!);
        chain.Faults.DropExternals(0);
        chain.Faults.DelayBlocks = 0;
        chain.Faults.Order = CocoonP2P.Ton.LocalChain.Ledger.SentOrder.Instance;
        return chain;
    }

    public void Dispose() => chain?.Dispose();
}
