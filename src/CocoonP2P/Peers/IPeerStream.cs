namespace CocoonP2P.Peers;

/// <summary>One bidirectional stream to a peer, in order and reliable.</summary>
internal interface IPeerStream
{
    /// <summary>Reads at least one byte; 0 when the peer has ended its side.</summary>
    ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken);

    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Ends our side; the peer's may go on.</summary>
    ValueTask CloseWriteAsync(CancellationToken cancellationToken);

    /// <summary>Ends both sides at once.</summary>
    void Reset();
}
