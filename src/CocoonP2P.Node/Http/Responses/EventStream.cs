using System.IO.Pipelines;
using System.Text.Json;

namespace CocoonP2P.Node.Http.Responses;

/// <summary>
/// Server-sent events, written straight into the response's own buffers. An event of the fast path allocates nothing:
/// the writer is one for the whole stream, and what repeats is copied.
/// </summary>
/// <param name="pipe">The response's body.</param>
internal sealed class EventStream(PipeWriter pipe) : IDisposable
{
    /// <summary>How much may wait for a flush while parts come without a pause.</summary>
    private const int MostWaiting = 16 * 1024;

    private readonly Utf8JsonWriter _json = new(pipe);
    private long _waiting;

    /// <summary>Whether what was written should go out before more is written.</summary>
    public bool IsFull => _waiting >= MostWaiting;

    /// <summary>An event around one text: what comes before and after it is the same in every one.</summary>
    public void WriteText(byte[] before, string text, byte[] after)
    {
        Raw(before);
        _json.Reset(pipe);
        _json.WriteStringValue(text);
        _json.Flush();
        _waiting += _json.BytesCommitted;
        Raw(after);
    }

    /// <summary>An event of one object.</summary>
    public void Write(Action<Utf8JsonWriter> fields)
    {
        Raw("data: "u8);
        _json.Reset(pipe);
        _json.WriteStartObject();
        fields(_json);
        _json.WriteEndObject();
        _json.Flush();
        _waiting += _json.BytesCommitted;
        Raw("\n\n"u8);
    }

    /// <summary>An event of a document that is written already.</summary>
    public void WriteDocument(byte[] json)
    {
        Raw("data: "u8);
        Raw(json);
        Raw("\n\n"u8);
    }

    /// <summary>A line that readers skip: it sends the headers off.</summary>
    public void WriteComment(string text)
    {
        Raw(": "u8);
        Raw(System.Text.Encoding.UTF8.GetBytes(text));
        Raw("\n\n"u8);
    }

    /// <summary>The event that ends every stream of OpenAI's shape.</summary>
    public void WriteDone() => Raw("data: [DONE]\n\n"u8);

    /// <summary>Sends what was written.</summary>
    public ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken)
    {
        _waiting = 0;
        return pipe.FlushAsync(cancellationToken);
    }

    public void Dispose() => _json.Dispose();

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        Span<byte> target = pipe.GetSpan(bytes.Length);
        bytes.CopyTo(target);
        pipe.Advance(bytes.Length);
        _waiting += bytes.Length;
    }
}
