using System.IO.Pipelines;
using CocoonP2P.Peers;

namespace CocoonP2P.Tests.Sessions;

/// <summary>Two ends of a stream in memory; every byte that passes is kept, as an eavesdropper would.</summary>
internal sealed class PipeStream(PipeReader input, PipeWriter output, List<byte> written) : IPeerStream
{
    public List<byte> Written { get; } = written;

    public static (PipeStream Left, PipeStream Right) Pair()
    {
        Pipe toRight = new();
        Pipe toLeft = new();
        return (new PipeStream(toLeft.Reader, toRight.Writer, []), new PipeStream(toRight.Reader, toLeft.Writer, []));
    }

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ReadResult result = await input.ReadAsync(cancellationToken);
        int taken = (int)Math.Min(buffer.Length, result.Buffer.Length);
        int at = 0;
        foreach (ReadOnlyMemory<byte> segment in result.Buffer.Slice(0, taken))
        {
            segment.CopyTo(buffer[at..]);
            at += segment.Length;
        }

        input.AdvanceTo(result.Buffer.GetPosition(taken));
        return taken;
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Written.AddRange(bytes.Span);
        await output.WriteAsync(bytes, cancellationToken);
    }

    public ValueTask CloseWriteAsync(CancellationToken cancellationToken) => output.CompleteAsync();

    public void Reset()
    {
        input.Complete();
        output.Complete();
    }
}
