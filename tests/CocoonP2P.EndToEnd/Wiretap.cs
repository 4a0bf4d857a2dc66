using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace CocoonP2P.EndToEnd;

/// <summary>A relay on loopback that keeps every byte of both directions.</summary>
internal sealed class Wiretap : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<ArrayBufferWriter<byte>> _heard = [];
    private readonly Task _accepting;

    public Wiretap(int target)
    {
        _listener.Start();
        _accepting = AcceptAsync(target);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What went by so far, each direction of each connection apart.</summary>
    public IReadOnlyList<byte[]> Heard
    {
        get
        {
            lock (_heard)
            {
                return [.. _heard.Select(one => one.WrittenSpan.ToArray())];
            }
        }
    }

    public long Bytes => Heard.Sum(bytes => (long)bytes.Length);

    public bool Hears(ReadOnlySpan<byte> words)
    {
        foreach (byte[] bytes in Heard)
        {
            if (bytes.AsSpan().IndexOf(words) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync(int target)
    {
        List<Task> relays = [];
        try
        {
            while (true)
            {
                relays.Add(RelayAsync(await _listener.AcceptTcpClientAsync(_stop.Token), target));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(relays);
        }
    }

    private async Task RelayAsync(TcpClient caller, int target)
    {
        using (caller)
        using (TcpClient called = new())
        {
            try
            {
                await called.ConnectAsync(IPAddress.Loopback, target, _stop.Token);
                NetworkStream near = caller.GetStream(), far = called.GetStream();
                await Task.WhenAll(CopyAsync(near, far), CopyAsync(far, near));
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                // One side went away, and takes the other with it.
            }
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to)
    {
        ArrayBufferWriter<byte> heard = new();
        lock (_heard)
        {
            _heard.Add(heard);
        }

        byte[] buffer = new byte[16 * 1024];
        int count;
        while ((count = await from.ReadAsync(buffer, _stop.Token)) > 0)
        {
            lock (_heard)
            {
                heard.Write(buffer.AsSpan(0, count));
            }

            await to.WriteAsync(buffer.AsMemory(0, count), _stop.Token);
        }

        to.Socket.Shutdown(SocketShutdown.Send);
    }
}
