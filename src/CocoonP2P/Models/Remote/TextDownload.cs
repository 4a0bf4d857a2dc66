using System.Security.Cryptography;
using CocoonP2P.Sessions;

namespace CocoonP2P.Models;

/// <summary>
/// Gets a model's text side from a worker. The id is known before: the manifest must hash to it, and every other file must be
/// what the manifest names. A worker can refuse or delay, and choose nothing.
/// </summary>
internal static class TextDownload
{
    /// <returns>The manifest and its text files by role; null where the worker does not have them.</returns>
    /// <exception cref="SessionException">The session ended, or what came is not this model.</exception>
    /// <exception cref="Inference.InferenceException">The model is of a kind that this version does not know.</exception>
    public static async Task<(ModelManifest Manifest, IReadOnlyDictionary<string, byte[]> Files)?> RunAsync(
        ITextSource source, ReadOnlyMemory<byte> model, CancellationToken cancellationToken)
    {
        byte[] id = model.ToArray();
        byte[]? json = await FileAsync(source, id, TextFile.Manifest, null, cancellationToken);
        if (json is null)
        {
            return null;
        }

        // The manifest is canonical JSON, so its bytes have one spelling and the hash can be taken before anything is parsed.
        Require(SHA256.HashData(json).AsSpan().SequenceEqual(id), "the manifest is of another model");
        ModelManifest manifest = ManifestReader.Read(json);
        Dictionary<string, byte[]> files = [];
        foreach (TextFile file in TextFiles.Named)
        {
            if (manifest.Files.FirstOrDefault(f => f.Role == file.Role()) is ModelFile named)
            {
                byte[]? bytes = await FileAsync(source, id, file, named.Size, cancellationToken);
                if (bytes is null)
                {
                    return null;
                }

                Require(SHA256.HashData(bytes).AsSpan().SequenceEqual(named.Sha256.Span), $"{named.Path} is not what the manifest names");
                files[named.Role] = bytes;
            }
        }

        return (manifest, files);
    }

    /// <param name="source">Whom to ask.</param>
    /// <param name="model">Id.</param>
    /// <param name="file">Which.</param>
    /// <param name="size">As the manifest says; null for the manifest itself.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private static async Task<byte[]?> FileAsync(ITextSource source, byte[] model, TextFile file, long? size, CancellationToken cancellationToken)
    {
        byte[]? bytes = null;
        for (uint at = 0; bytes is null || at < bytes.Length;)
        {
            TextPart? part = await source.TextAsync(new TextWanted(model, file, at), cancellationToken);
            if (part is null)
            {
                return null;
            }

            Require(part.Total == (bytes?.Length ?? size ?? part.Total) && part.Total <= (size ?? CanonicalJson.MaxBytes), "a text file has another size");
            bytes ??= new byte[part.Total];
            part.Bytes.CopyTo(bytes.AsSpan((int)at));
            at += (uint)part.Bytes.Length;
        }

        return bytes;
    }

    private static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new SessionException(new SessionFault(SessionError.Malformed, what));
        }
    }
}
