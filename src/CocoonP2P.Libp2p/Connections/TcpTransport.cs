using System.Net;
using System.Net.Sockets;

namespace CocoonP2P.Libp2p;

/// <summary>TCP over IPv4 and IPv6. Names are resolved at each dial.</summary>
internal sealed class TcpTransport : ITransport
{
    private const int Backlog = 512;

    public bool CanUse(Multiaddress address) =>
        address.WithoutPeerId.Parts is [{ Protocol.Value: AddressValue.Ip4 or AddressValue.Ip6 or AddressValue.Name } host, { } tcp]
        && host.Protocol != MultiaddressProtocol.DnsAddr && tcp.Protocol == MultiaddressProtocol.Tcp;

    public async Task<IRawConnection> DialAsync(Multiaddress address, CancellationToken ct)
    {
        IPEndPoint to = await ResolveAsync(address, ct);
        var socket = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(to, ct);
            return new TcpConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public async Task<ITransportListener> ListenAsync(Multiaddress address, CancellationToken ct)
    {
        IPEndPoint at = await ResolveAsync(address, ct);
        var socket = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(at);
            socket.Listen(Backlog);
            return new TcpListening(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<IPEndPoint> ResolveAsync(Multiaddress address, CancellationToken ct)
    {
        MultiaddressPart host = address.Parts[0];
        int port = address.Parts[1].Port;
        if (address.Ip is { } ip)
        {
            return new IPEndPoint(ip, port);
        }

        AddressFamily family = host.Protocol.Name switch
        {
            "dns4" => AddressFamily.InterNetwork,
            "dns6" => AddressFamily.InterNetworkV6,
            _ => AddressFamily.Unspecified,
        };
        IPAddress[] found = await Dns.GetHostAddressesAsync(host.Text, family, ct);
        return found.Length > 0 ? new IPEndPoint(found[0], port) : throw new SocketException((int)SocketError.HostNotFound);
    }

    private sealed class TcpListening(Socket socket) : ITransportListener
    {
        public Multiaddress Address { get; } = Multiaddress.FromEndPoint((IPEndPoint)socket.LocalEndPoint!);

        public async Task<IRawConnection?> AcceptAsync(CancellationToken ct)
        {
            Socket accepted;
            try
            {
                accepted = await socket.AcceptAsync(ct);
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return null;
            }

            try
            {
                accepted.NoDelay = true;
                return new TcpConnection(accepted);
            }
            catch
            {
                // Gone before it was looked at; the caller hears of it as of any failed accept.
                accepted.Dispose();
                throw;
            }
        }

        public void Dispose() => socket.Dispose();
    }

    private sealed class TcpConnection(Socket socket) : IRawConnection
    {
        public Multiaddress RemoteAddress { get; } = Multiaddress.FromEndPoint((IPEndPoint)socket.RemoteEndPoint!);

        public ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken ct) => socket.ReceiveAsync(into, SocketFlags.None, ct);

        public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken ct)
        {
            while (data.Length > 0)
            {
                data = data[await socket.SendAsync(data, SocketFlags.None, ct)..];
            }
        }

        public void Dispose() => socket.Dispose();
    }
}
