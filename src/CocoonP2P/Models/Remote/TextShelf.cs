using System.Collections.Concurrent;
using CocoonP2P.Inference;
using CocoonP2P.Protocol;

namespace CocoonP2P.Models;

/// <summary>The worker's side: the text files of the models that it serves, read and checked once, then kept in memory.</summary>
internal sealed class TextShelf(ModelStore store, IInferenceBackend backend)
{
    private readonly ConcurrentDictionary<(string Model, TextFile File), ReadOnlyMemory<byte>> _files = new();

    /// <summary>The piece that is asked for; a part of total 0 where this worker has none.</summary>
    public TextPart Answer(TextWanted wanted)
    {
        ReadOnlyMemory<byte> file = backend.Models.Any(m => m.Id.Span.SequenceEqual(wanted.Model))
            ? _files.GetOrAdd((Convert.ToHexStringLower(wanted.Model), wanted.File), _ => Read(wanted.Model, wanted.File))
            : default;
        return wanted.Offset >= file.Length
            ? new TextPart(wanted.Model, wanted.File, 0, 0, [])
            : new TextPart(
                wanted.Model, wanted.File, wanted.Offset, (uint)file.Length,
                file[(int)wanted.Offset..Math.Min(file.Length, (int)wanted.Offset + Limits.TextPartBytes)].ToArray());
    }

    private ReadOnlyMemory<byte> Read(byte[] model, TextFile file)
    {
        ModelManifest? manifest = store.Find(model);
        return file == TextFile.Manifest ? manifest?.Canonical ?? default
            : manifest?.Files.FirstOrDefault(f => f.Role == file.Role()) is ModelFile found ? store.ReadAll(found)
            : default;
    }
}
