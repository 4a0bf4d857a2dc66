using System.Security.Cryptography;
using CocoonP2P.Inference;
using CocoonP2P.Memory;

namespace CocoonP2P.Models;

/// <summary>
/// The models on this disk: `blobs/ROOT`, named by the root of the file's hash tree, and `manifests/ID`. The store writes
/// every file itself, and believes nothing that it reads back until the whole tree was checked.
/// </summary>
/// <param name="folder">Created with rights for the owner alone where it is missing.</param>
internal sealed class ModelStore(string folder)
{
    /// <summary>The manifest's name in a folder that is added.</summary>
    public const string ManifestFile = "manifest.json";

    private readonly string _blobs = Path.Combine(folder, "blobs");
    private readonly string _manifests = Path.Combine(folder, "manifests");

    /// <summary>Every model whose manifest is here and intact, by name.</summary>
    public IReadOnlyList<ModelManifest> List() =>
        !Directory.Exists(_manifests)
            ? []
            : [.. Directory.EnumerateFiles(_manifests)
                .Where(f => Path.GetFileName(f).Length == 64)
                .Select(ReadManifest)
                .OrderBy(m => m.Name, StringComparer.Ordinal)
                .ThenBy(m => Convert.ToHexString(m.Id.Span), StringComparer.Ordinal)];

    /// <summary>Copies a model from a folder, checking every byte against its manifest. Adding it again changes nothing.</summary>
    /// <param name="source">A folder with the model's files.</param>
    /// <param name="manifestFile">The manifest's name in it.</param>
    /// <exception cref="InferenceException">ModelInvalid: what does not match.</exception>
    public ModelManifest Add(string source, string manifestFile = ManifestFile)
    {
        ModelManifest manifest = ManifestReader.Read(ReadSmall(Path.Combine(source, manifestFile)));
        StoreFile.MakeFolder(folder);
        StoreFile.MakeFolder(_blobs);
        StoreFile.MakeFolder(_manifests);
        foreach (ModelFile file in manifest.Files)
        {
            string blob = Blob(file);
            if (!File.Exists(blob))
            {
                AddBlob(Path.Combine(source, file.Path), file, blob);
            }
        }

        string target = ManifestPath(manifest.Id);
        if (!File.Exists(target))
        {
            StoreFile.Write(target, output => RandomAccess.Write(output, manifest.Canonical.Span, 0));
        }

        return manifest;
    }

    /// <summary>Keeps the text side of a model whose weights are elsewhere: the manifest and its small files.</summary>
    /// <param name="manifest">Whose id is known to be the right one.</param>
    /// <param name="files">By role.</param>
    /// <exception cref="InferenceException">ModelInvalid: what does not match.</exception>
    public void AddTexts(ModelManifest manifest, IReadOnlyDictionary<string, byte[]> files)
    {
        StoreFile.MakeFolder(folder);
        StoreFile.MakeFolder(_blobs);
        StoreFile.MakeFolder(_manifests);
        foreach ((string role, byte[] bytes) in files)
        {
            ModelFile file = manifest.File(role);
            if (!VerityTree.Root(bytes).AsSpan().SequenceEqual(file.Verity.Span))
            {
                throw Invalid($"{file.Path} is not what its manifest names");
            }

            StoreFile.Write(Blob(file), output => RandomAccess.Write(output, bytes, 0));
        }

        StoreFile.Write(ManifestPath(manifest.Id), output => RandomAccess.Write(output, manifest.Canonical.Span, 0));
    }

    /// <summary>The manifest of this id; null where the store has none.</summary>
    /// <exception cref="InferenceException">ModelInvalid: it was altered.</exception>
    public ModelManifest? Find(ReadOnlyMemory<byte> id) => File.Exists(ManifestPath(id)) ? ReadManifest(ManifestPath(id)) : null;

    /// <summary>Reads a file of a model into private memory; returns it only if every byte is the manifest's.</summary>
    /// <exception cref="InferenceException">ModelInvalid.</exception>
    public PrivateMemory Load(ModelFile file)
    {
        using StoreFile input = StoreFile.Open(Blob(file), file.Size);
        PrivateMemory memory = new(file.Size);
        try
        {
            VerityTree.Builder tree = new();
            for (long at = 0; at < file.Size;)
            {
                Span<byte> chunk = memory.Bytes(at, (int)Math.Min(VerityTree.Chunk, file.Size - at));
                input.ReadExactly(chunk, at);
                tree.Append(chunk);
                at += chunk.Length;
            }

            return CryptographicOperations.FixedTimeEquals(tree.Finish(), file.Verity.Span)
                ? memory
                : throw Invalid($"{file.Path} is not what its manifest names");
        }
        catch
        {
            memory.Dispose();
            throw;
        }
    }

    /// <summary>Reads a small file of a model, such as its tokenizer, whole.</summary>
    /// <exception cref="InferenceException">ModelInvalid.</exception>
    public byte[] ReadAll(ModelFile file)
    {
        using PrivateMemory memory = Load(file);
        return memory.Bytes(0, checked((int)memory.Length)).ToArray();
    }

    private static void AddBlob(string source, ModelFile file, string target)
    {
        using StoreFile input = StoreFile.OpenForeign(source, file.Size);
        StoreFile.Write(target, output =>
        {
            using IncrementalHash whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            VerityTree.Builder tree = new();
            byte[] buffer = new byte[VerityTree.Chunk];
            for (long at = 0; at < file.Size;)
            {
                Span<byte> chunk = buffer.AsSpan(0, (int)Math.Min(buffer.Length, file.Size - at));
                input.ReadExactly(chunk, at);
                whole.AppendData(chunk);
                tree.Append(chunk);
                RandomAccess.Write(output, chunk, at);
                at += chunk.Length;
            }

            if (!whole.GetHashAndReset().AsSpan().SequenceEqual(file.Sha256.Span) || !tree.Finish().AsSpan().SequenceEqual(file.Verity.Span))
            {
                throw Invalid($"{file.Path} is not what its manifest names");
            }
        });
    }

    private ModelManifest ReadManifest(string path)
    {
        ModelManifest manifest = ManifestReader.Read(ReadSmall(path));
        return Path.GetFileName(path) == Convert.ToHexStringLower(manifest.Id.Span)
            ? manifest
            : throw Invalid($"{manifest.Name} was altered in the store");
    }

    private static byte[] ReadSmall(string path)
    {
        using StoreFile input = StoreFile.OpenForeign(path);
        if (input.Length > CanonicalJson.MaxBytes)
        {
            throw Invalid($"a manifest of {input.Length} bytes, limit {CanonicalJson.MaxBytes}");
        }

        byte[] bytes = new byte[input.Length];
        input.ReadExactly(bytes, 0);
        return bytes;
    }

    private string ManifestPath(ReadOnlyMemory<byte> id) => Path.Combine(_manifests, Convert.ToHexStringLower(id.Span));

    private string Blob(ModelFile file) => Path.Combine(_blobs, Convert.ToHexStringLower(file.Verity.Span));

    private static InferenceException Invalid(string problem) =>
        new(InferenceErrorCode.ModelInvalid, $"The model is refused: {problem}.");
}
