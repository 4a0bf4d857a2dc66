using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace CocoonP2P.Node.Hosting;

/// <summary>Tells systemd how the node is, sd_notify(3): datagrams to the socket that $NOTIFY_SOCKET names. Without one it tells nobody.</summary>
/// <param name="socket">Path, or "@" and an abstract name; null for none.</param>
/// <param name="watchdog">Within this time a ping must come; null where none is watched.</param>
internal sealed class ServiceManager(string? socket, TimeSpan? watchdog)
{
    public static ServiceManager FromEnvironment(Func<string, string?> environment) => new(
        environment("NOTIFY_SOCKET") is { Length: > 0 } socket ? socket : null,
        ulong.TryParse(environment("WATCHDOG_USEC"), CultureInfo.InvariantCulture, out ulong microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : null);

    /// <summary>The node serves.</summary>
    /// <param name="status">One line for systemctl status.</param>
    public void Ready(string status) => Send($"READY=1\nSTATUS={status}");

    /// <summary>The node ends; jobs and payments may take their time.</summary>
    public void Stopping() => Send("STOPPING=1\nSTATUS=stopping");

    /// <summary>Pings at half the watchdog's time for as long as the node turns; one that hangs is so started again.</summary>
    /// <param name="turn">Something that a node which hangs cannot do.</param>
    /// <param name="time">For the intervals.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task WatchAsync(Action turn, TimeProvider time, CancellationToken cancellationToken)
    {
        if (socket is null || watchdog is not TimeSpan limit)
        {
            return;
        }

        using PeriodicTimer timer = new(limit / 2, time);
        try
        {
            do
            {
                turn();
                Send("WATCHDOG=1");
            }
            while (await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException)
        {
            // The node ends.
        }
    }

    private void Send(string state)
    {
        if (socket is null)
        {
            return;
        }

        // An abstract name is written with "@" and begins with a zero byte.
        string name = socket.StartsWith('@') ? "\0" + socket[1..] : socket;
        using Socket datagram = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        try
        {
            datagram.SendTo(Encoding.UTF8.GetBytes(state), new UnixDomainSocketEndPoint(name));
        }
        catch (SocketException)
        {
            // Whoever listened is gone; a node does not end for that.
        }
    }
}
