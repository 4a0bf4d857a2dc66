using System.Security.Cryptography;

namespace CocoonP2P.Libp2p;

/// <summary>Is the peer there, and how far away? 32 random bytes that come back.</summary>
/// <remarks>Specification ping/ping.md.</remarks>
internal static class Ping
{
    public const string ProtocolId = "/ipfs/ping/1.0.0";

    private const int PayloadBytes = 32;

    /// <summary>Echoes until the remote ends, and ends with it at once: some count the stream until then.</summary>
    public static async Task ServeAsync(ISession session, IByteStream stream, CancellationToken ct)
    {
        byte[] payload = new byte[PayloadBytes];
        int have = 0;
        while (true)
        {
            int read = await stream.ReadAsync(payload.AsMemory(have), ct);
            if (read == 0)
            {
                return;
            }

            have += read;
            if (have == PayloadBytes)
            {
                await stream.WriteAsync(payload, ct);
                have = 0;
            }
        }
    }

    /// <summary>One round trip on a stream of its own.</summary>
    public static async Task<TimeSpan> SendAsync(ISession session, TimeProvider time, CancellationToken ct)
    {
        await using IByteStream stream = await session.OpenStreamAsync([ProtocolId], ct);
        return await SendAsync(stream, time, ct);
    }

    /// <summary>One round trip on a stream that is open.</summary>
    public static async Task<TimeSpan> SendAsync(IByteStream stream, TimeProvider time, CancellationToken ct)
    {
        byte[] sent = RandomNumberGenerator.GetBytes(PayloadBytes);
        byte[] back = new byte[PayloadBytes];
        long start = time.GetTimestamp();
        await stream.WriteAsync(sent, ct);
        await stream.AsStream().ReadExactlyAsync(back, ct);
        TimeSpan elapsed = time.GetElapsedTime(start);
        if (!back.AsSpan().SequenceEqual(sent))
        {
            stream.Reset();
            throw Libp2pException.Violation("ping", "other bytes came back");
        }

        return elapsed;
    }
}
