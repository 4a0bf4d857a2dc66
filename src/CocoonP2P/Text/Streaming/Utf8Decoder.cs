using System.Buffers;
using System.Text;

namespace CocoonP2P.Text.Streaming;

/// <summary>
/// Bytes to text as they arrive: holds back at most three bytes of a character that is not complete, and writes U+FFFD
/// only for what can never become one. The pieces together equal the decoding of the whole.
/// </summary>
internal sealed class Utf8Decoder
{
    private readonly byte[] _held = new byte[3];
    private int _count;

    /// <summary>Takes bytes, appends the characters that they complete.</summary>
    public void Append(ReadOnlySpan<byte> bytes, StringBuilder output)
    {
        byte[] joined = ArrayPool<byte>.Shared.Rent(_count + bytes.Length);
        _held.AsSpan(0, _count).CopyTo(joined);
        bytes.CopyTo(joined.AsSpan(_count));
        ReadOnlySpan<byte> rest = joined.AsSpan(0, _count + bytes.Length);
        while (!rest.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf8(rest, out Rune rune, out int consumed);
            if (status == OperationStatus.NeedMoreData)
            {
                break;
            }

            // Rune is U+FFFD here for a sequence that is invalid, as the decoder of a whole text has it.
            output.Append(rune.ToString());
            rest = rest[consumed..];
        }

        _count = rest.Length;
        rest.CopyTo(_held);
        joined.AsSpan().Clear();
        ArrayPool<byte>.Shared.Return(joined);
    }

    /// <summary>Ends: what is held can no longer be completed.</summary>
    public void Finish(StringBuilder output)
    {
        output.Append(_count > 0 ? "\uFFFD" : "");
        _count = 0;
        Array.Clear(_held);
    }
}
