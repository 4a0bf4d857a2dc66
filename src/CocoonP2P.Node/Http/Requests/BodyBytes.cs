using System.Buffers;
using System.Globalization;

namespace CocoonP2P.Node.Http.Requests;

/// <summary>
/// Reads a body within its bound. Of one that is too long the rest is read and dropped before it is refused: a server that
/// closes on unread bytes resets the connection, and the client never sees why.
/// </summary>
internal static class BodyBytes
{
    /// <summary>A context of 32,768 tokens as JSON text, eight times over.</summary>
    public const int Most = 4 * 1024 * 1024;

    /// <summary>What is dropped at most; beyond it the server closes.</summary>
    public const int MostDropped = 8 * Most;

    private const int Piece = 16 * 1024;

    /// <summary>The whole body; it grows by what has come, not by what was announced.</summary>
    /// <exception cref="CocoonException">TooLarge.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context)
    {
        bool fits = !(context.Request.ContentLength > Most);
        ArrayBufferWriter<byte> body = new();
        byte[] piece = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            for (int read; (read = await context.Request.Body.ReadAsync(piece, context.RequestAborted)) > 0;)
            {
                fits &= body.WrittenCount + read <= Most;
                if (fits)
                {
                    body.Write(piece.AsSpan(0, read));
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece, clearArray: true);
        }

        return fits ? body.WrittenMemory : throw TooLarge();
    }

    public static CocoonException TooLarge() =>
        new(ErrorCode.TooLarge, "the body is too large", string.Create(CultureInfo.InvariantCulture, $"send at most {Most} bytes"));
}
