using System.Buffers.Binary;
using CocoonP2P.Peers;

namespace CocoonP2P.Sessions;

/// <summary>Length-prefixed messages on a stream, bounded before they are allocated.</summary>
internal static class StreamFraming
{
    public static async ValueTask WriteAsync(IPeerStream stream, byte[] message, CancellationToken cancellationToken)
    {
        byte[] framed = new byte[4 + message.Length];
        BinaryPrimitives.WriteUInt32BigEndian(framed, (uint)message.Length);
        message.CopyTo(framed.AsSpan(4));
        await stream.WriteAsync(framed, cancellationToken);
    }

    public static async ValueTask<byte[]> ReadAsync(IPeerStream stream, int limit, CancellationToken cancellationToken)
    {
        byte[] header = new byte[4];
        await ReadExactlyAsync(stream, header, cancellationToken);
        uint length = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (length > limit)
        {
            throw new SessionException(new SessionFault(SessionError.Malformed, $"a message of {length} bytes, limit {limit}"));
        }

        byte[] message = new byte[length];
        await ReadExactlyAsync(stream, message, cancellationToken);
        return message;
    }

    public static async ValueTask ReadExactlyAsync(IPeerStream stream, Memory<byte> destination, CancellationToken cancellationToken)
    {
        while (destination.Length > 0)
        {
            int read = await stream.ReadAsync(destination, cancellationToken);
            if (read == 0)
            {
                throw new SessionException(new SessionFault(SessionError.Truncated, "the stream ended without a close"));
            }

            destination = destination[read..];
        }
    }
}
