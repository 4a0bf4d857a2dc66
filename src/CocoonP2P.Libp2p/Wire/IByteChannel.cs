namespace CocoonP2P.Libp2p;

/// <summary>A two-way flow of bytes: a socket, a secured connection, or a stream on one.</summary>
internal interface IByteChannel
{
    /// <summary>
    /// At least one byte, or 0 at the end. With an empty buffer it completes as soon as a read would, so that nobody needs to
    /// hold a buffer while nothing arrives.
    /// </summary>
    ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken ct = default);

    /// <summary>Completes when the bytes are accepted, which is not when they arrived.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken ct = default);
}
