using CocoonP2P.Libp2p;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CocoonP2P.Tests.Libp2p.Discovery;

public sealed class BootstrapTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 0.5, 1)]
    [InlineData(2, 0.5, 2)]
    [InlineData(9, 0.5, 256)]
    [InlineData(10, 0.5, 300)]
    [InlineData(1_000_000, 0.5, 300)]
    [InlineData(1, 0, 0.7)]
    [InlineData(10, 1, 390)]
    public void The_backoff_doubles_from_a_second_to_five_minutes_with_jitter(int failures, double chance, double seconds) =>
        Assert.Equal(seconds, Backoff.After(failures, chance).TotalSeconds, 3);

    [Fact]
    public async Task A_peer_that_comes_later_is_found_and_found_again_after_it_left()
    {
        var time = new FakeTimeProvider();
        await using var network = new LocalNetwork("memory", time);
        LocalPeer late = network.Create(1);
        LocalPeer client = network.Create(2);
        var address = Multiaddress.Parse("/memory/5").WithPeerId(late.Identity.PeerId);
        await using var bootstrap = new Bootstrap(client, [address], 4, time, new Random(1), NullLoggerFactory.Instance);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.Empty(client.Sessions);

        await late.StartListenAsync([Multiaddress.Parse("/memory/5")], Ct);
        await ConnectedAsync();
        await late.FindSession(client.Identity.PeerId)!.DisconnectAsync();
        await ConnectedAsync();

        async Task ConnectedAsync() => await Eventually.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return late.FindSession(client.Identity.PeerId) is not null;
        });
    }

    [Fact]
    public async Task An_address_that_names_no_peer_is_refused()
    {
        await using var network = new LocalNetwork("memory");
        LocalPeer client = network.Create(1);
        Assert.Throws<ArgumentException>(
            () => new Bootstrap(client, [Multiaddress.Parse("/memory/5")], 4, TimeProvider.System, new Random(1), NullLoggerFactory.Instance));
    }
}
