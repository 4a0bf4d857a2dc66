using System.Diagnostics;
using CocoonP2P.Inference;
using CocoonP2P.Memory;
using CocoonP2P.Models;
using CocoonP2P.Inference.Runtime;
using CocoonP2P.Tests.Inference.Support;

namespace CocoonP2P.Tests.Models;

public sealed class ModelStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ModelStore _store;

    public ModelStoreTests()
    {
        RandomLlama.WriteTo(_folder["model"]);
        _store = new ModelStore(_folder["store"]);
    }

    [Fact]
    public void A_model_that_was_added_is_listed_and_reads_back()
    {
        ModelManifest added = _store.Add(_folder["model"]);
        Assert.Equal(added.Id.ToArray(), _store.Add(_folder["model"]).Id.ToArray());
        Assert.Equal(added.Id.ToArray(), Assert.Single(_store.List()).Id.ToArray());
        using PrivateMemory weights = _store.Load(added.File(ModelFile.Weights));
        Assert.Equal(File.ReadAllBytes(_folder["model/model.onnx.data"]), weights.Bytes(0, (int)weights.Length).ToArray());
    }

    [Fact]
    public void A_file_that_is_not_the_manifests_is_not_added()
    {
        byte[] graph = File.ReadAllBytes(_folder["model/model.onnx"]);
        graph[100] ^= 1;
        File.WriteAllBytes(_folder["model/model.onnx"], graph);
        Assert.Equal(InferenceErrorCode.ModelInvalid, Assert.Throws<InferenceException>(() => _store.Add(_folder["model"])).Code);
        Assert.Empty(_store.List());
        Assert.Empty(Directory.GetFiles(_folder["store/blobs"], "*.partial"));
    }

    [Fact]
    public void A_blob_with_one_changed_bit_is_refused_before_the_runtime_sees_it()
    {
        ModelManifest manifest = _store.Add(_folder["model"]);
        string blob = Blob(manifest, ModelFile.Graph);
        byte[] bytes = File.ReadAllBytes(blob);
        bytes[^1] ^= 0x10;
        Replace(blob, bytes);
        InferenceException refusal = Assert.Throws<InferenceException>(() => ModelLoader.Load(_store, manifest, 1, 1).Dispose());
        Assert.Contains("not what its manifest names", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a hard link", "one name")]
    [InlineData("a symbolic link", "a link")]
    [InlineData("a pipe", "regular")]
    [InlineData("a shorter file", "bytes")]
    public void A_blob_is_refused_where_it_is(string what, string words)
    {
        ModelManifest manifest = _store.Add(_folder["model"]);
        string blob = Blob(manifest, ModelFile.Weights), elsewhere = _folder["elsewhere"];
        File.Move(blob, elsewhere);
        switch (what)
        {
            case "a hard link":
                Run("ln", elsewhere, blob);
                break;
            case "a symbolic link":
                File.CreateSymbolicLink(blob, elsewhere);
                break;
            case "a pipe":
                Run("mkfifo", blob);
                break;
            default:
                File.WriteAllBytes(blob, new byte[100]);
                break;
        }

        InferenceException refusal = Assert.Throws<InferenceException>(() => _store.Load(manifest.File(ModelFile.Weights)));
        Assert.Equal(InferenceErrorCode.ModelInvalid, refusal.Code);
        Assert.Contains(what == "a hard link" ? "not a file that the store wrote" : words, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_manifest_that_was_altered_is_refused()
    {
        ModelManifest manifest = _store.Add(_folder["model"]);
        string path = Path.Combine(_folder["store/manifests"], Convert.ToHexStringLower(manifest.Id.Span));
        Replace(path, [.. File.ReadAllText(path).Replace("random-llama", "random-lamma", StringComparison.Ordinal).Select(c => (byte)c)]);
        Assert.Throws<InferenceException>(() => _store.List());
    }

    [Fact]
    public void Folders_and_files_are_the_owners_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        ModelManifest manifest = _store.Add(_folder["model"]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder["store/blobs"]));
        Assert.Equal(UnixFileMode.UserRead, File.GetUnixFileMode(Blob(manifest, ModelFile.Graph)));
    }

    public void Dispose() => _folder.Dispose();

    private string Blob(ModelManifest manifest, string role) =>
        Path.Combine(_folder["store/blobs"], Convert.ToHexStringLower(manifest.File(role).Verity.Span));

    private static void Replace(string path, byte[] bytes)
    {
        File.Delete(path);
        File.WriteAllBytes(path, bytes);
    }

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
