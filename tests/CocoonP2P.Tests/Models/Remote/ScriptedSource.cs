using CocoonP2P.Models;

namespace CocoonP2P.Tests.Models.Remote;

/// <summary>A worker that hands out the tiny model's text side, or what a test makes of it.</summary>
internal sealed class ScriptedSource(Func<TextPart, TextPart?>? change = null) : ITextSource
{
    public static readonly string Folder = Repository.File("models/cocoon-tiny");

    public static readonly ModelManifest Tiny = ManifestReader.Read(File.ReadAllBytes(Path.Combine(Folder, "manifest.json")));

    private const int Piece = 10_000;

    public int Asked { get; private set; }

    public async Task<TextPart?> TextAsync(TextWanted wanted, CancellationToken cancellationToken)
    {
        Asked++;
        byte[] file = wanted.File switch
        {
            TextFile.Manifest => Tiny.Canonical.ToArray(),
            _ => await File.ReadAllBytesAsync(Path.Combine(Folder, Tiny.File(wanted.File.Role()).Path), cancellationToken),
        };
        TextPart part = new(
            wanted.Model, wanted.File, wanted.Offset, (uint)file.Length, file[(int)wanted.Offset..Math.Min(file.Length, (int)wanted.Offset + Piece)]);
        return change is null ? part : change(part);
    }
}
