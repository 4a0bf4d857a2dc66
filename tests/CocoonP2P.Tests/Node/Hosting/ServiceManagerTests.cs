using System.Net.Sockets;
using System.Text;
using CocoonP2P.Node.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace CocoonP2P.Tests.Node.Hosting;

/// <summary>sd_notify(3) against a real datagram socket.</summary>
public sealed class ServiceManagerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cocoon-notify-").FullName;
    private readonly Socket _systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);

    private string Name => Path.Combine(_folder, "notify");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _systemd.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Ready_and_stopping_arrive_with_a_line_for_a_person()
    {
        _systemd.Bind(new UnixDomainSocketEndPoint(Name));
        ServiceManager manager = ServiceManager.FromEnvironment(name => name == "NOTIFY_SOCKET" ? Name : null);
        manager.Ready("worker on local");
        Assert.Equal("READY=1\nSTATUS=worker on local", await HeardAsync());
        manager.Stopping();
        Assert.StartsWith("STOPPING=1\n", await HeardAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_abstract_name_is_reached()
    {
        string name = "cocoon-test-" + Path.GetFileName(_folder);
        _systemd.Bind(new UnixDomainSocketEndPoint("\0" + name));
        new ServiceManager("@" + name, null).Stopping();
        Assert.StartsWith("STOPPING=1", await HeardAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_watchdog_hears_a_ping_at_half_its_time_after_each_turn()
    {
        _systemd.Bind(new UnixDomainSocketEndPoint(Name));
        FakeTimeProvider time = new();
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(Token);
        int turns = 0;
        ServiceManager manager = ServiceManager.FromEnvironment(name => name == "NOTIFY_SOCKET" ? Name : "60000000");
        Task watching = manager.WatchAsync(() => turns++, time, end.Token);
        Assert.Equal("WATCHDOG=1", await HeardAsync());
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(1, turns);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("WATCHDOG=1", await HeardAsync());
        await end.CancelAsync();
        await watching;
        Assert.Equal(2, turns);
    }

    [Fact]
    public async Task Without_systemd_nobody_is_told_and_nothing_is_watched()
    {
        ServiceManager manager = ServiceManager.FromEnvironment(_ => null);
        manager.Ready("alone");
        await manager.WatchAsync(() => Assert.Fail("nobody watches"), new FakeTimeProvider(), Token);
    }

    [Fact]
    public void A_listener_that_is_gone_does_not_end_the_node() => new ServiceManager(Name, null).Stopping();

    private async Task<string> HeardAsync()
    {
        byte[] buffer = new byte[256];
        return Encoding.UTF8.GetString(buffer, 0, await _systemd.ReceiveAsync(buffer, SocketFlags.None, Token));
    }
}
