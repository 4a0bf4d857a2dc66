using System.IO.Pipelines;

namespace CocoonP2P.Libp2p;

/// <summary>The same as a pair of pipes. Completing them leaves the stream open: close or dispose it.</summary>
internal sealed class ByteStreamPipe(Stream stream) : IDuplexPipe
{
    public PipeReader Input { get; } = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));

    public PipeWriter Output { get; } = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
}
