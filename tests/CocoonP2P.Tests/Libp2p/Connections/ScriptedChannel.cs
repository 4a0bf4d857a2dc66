using CocoonP2P.Libp2p;

namespace CocoonP2P.Tests.Libp2p.Connections;

/// <summary>A remote that says what a test wrote down, in pieces of a given size, then ends; what it is told is kept.</summary>
internal sealed class ScriptedChannel(byte[] script, int piece = int.MaxValue) : IByteChannel
{
    private int _at;

    public List<byte> Heard { get; } = [];

    public ValueTask<int> ReadAsync(Memory<byte> into, CancellationToken ct = default)
    {
        int length = Math.Min(Math.Min(into.Length, piece), script.Length - _at);
        script.AsSpan(_at, length).CopyTo(into.Span);
        _at += length;
        return ValueTask.FromResult(length);
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken ct = default)
    {
        Heard.AddRange(data.Span);
        return ValueTask.CompletedTask;
    }
}
