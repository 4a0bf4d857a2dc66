using System.IO.Pipelines;

namespace CocoonP2P.Libp2p;

/// <summary>
/// A stream of bytes to a protocol of the remote peer. One reader and one writer at a time. Disposing it closes writing and
/// gives up reading; <see cref="Reset"/> aborts both.
/// </summary>
public interface IByteStream : IAsyncDisposable
{
    /// <summary>What both sides agreed to speak.</summary>
    string Protocol { get; }

    /// <summary>At least one byte; 0 once the remote has closed its side.</summary>
    /// <exception cref="Libp2pException">The stream was reset, or its connection ended.</exception>
    ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken ct = default);

    /// <summary>Completes when the bytes are within the remote's window and queued. Waits where the remote does not read.</summary>
    /// <exception cref="Libp2pException">The stream was reset, or its connection ended.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken ct = default);

    /// <summary>Says that no more will be written. Reading goes on.</summary>
    ValueTask CloseWriteAsync(CancellationToken ct = default);

    /// <summary>Aborts both directions at once.</summary>
    void Reset();

    /// <summary>The same stream for code that wants a <see cref="Stream"/>; asynchronous only.</summary>
    Stream AsStream();

    /// <summary>The same stream for code that wants pipes.</summary>
    IDuplexPipe AsDuplexPipe();
}
