namespace CocoonP2P.Models;

/// <summary>Worker: a piece of a file of a model's text side.</summary>
/// <param name="Model">Id, 32 bytes.</param>
/// <param name="File">Which of its files.</param>
/// <param name="Offset">Where the piece begins.</param>
/// <param name="Total">Bytes of the whole file; 0 where this worker does not have it.</param>
/// <param name="Bytes">1 to <see cref="Protocol.Limits.TextPartBytes"/>; empty with a total of 0.</param>
internal sealed record TextPart(byte[] Model, TextFile File, uint Offset, uint Total, byte[] Bytes)
{
    /// <summary>Whether it is what was asked for: a worker chooses nothing but the bytes, and their digest is known.</summary>
    public bool Answers(TextWanted wanted) => File == wanted.File && Offset == wanted.Offset && Model.AsSpan().SequenceEqual(wanted.Model);
}
