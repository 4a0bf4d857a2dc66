namespace CocoonP2P.Libp2p;

internal static class ByteChannelExtensions
{
    /// <summary>Fills the buffer.</summary>
    /// <exception cref="Libp2pException">The remote ended first.</exception>
    public static async ValueTask ReadExactlyAsync(this IByteChannel channel, Memory<byte> into, CancellationToken ct)
    {
        while (into.Length > 0)
        {
            int read = await channel.ReadAsync(into, ct);
            into = read > 0 ? into[read..] : throw Libp2pException.Truncated();
        }
    }
}
