namespace CocoonP2P.Libp2p;

/// <summary>Messages with a varint length before them, as identify and pubsub send them.</summary>
internal static class LengthPrefixed
{
    public static byte[] Frame(ReadOnlySpan<byte> body)
    {
        byte[] framed = new byte[Varint.Length((ulong)body.Length) + body.Length];
        body.CopyTo(framed.AsSpan(Varint.Write(framed, (ulong)body.Length)));
        return framed;
    }

    /// <summary>The next message, or null where the remote ended the stream between two messages.</summary>
    /// <exception cref="Libp2pException">Longer than <paramref name="limit"/>, malformed, or cut off.</exception>
    public static async ValueTask<byte[]?> ReadAsync(IByteChannel channel, int limit, CancellationToken ct)
    {
        byte[] prefix = new byte[Varint.MaxBytes];
        int have = 0;
        int used;
        ulong length;
        do
        {
            if (await channel.ReadAsync(prefix.AsMemory(have, 1), ct) == 0)
            {
                return have == 0 ? null : throw Libp2pException.Truncated();
            }

            used = Varint.Read(prefix.AsSpan(0, ++have), out length);
        }
        while (used == Varint.Incomplete);

        if (used == Varint.Malformed)
        {
            throw Libp2pException.Violation("length", "the length of a message is malformed");
        }

        if (length > (ulong)limit)
        {
            throw Libp2pException.Violation("too-long", $"a message of {length} bytes, limit {limit}");
        }

        byte[] body = new byte[length];
        await channel.ReadExactlyAsync(body, ct);
        return body;
    }
}
