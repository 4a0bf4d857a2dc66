using CocoonP2P.Inference.Onnx;
using CocoonP2P.Memory;
using CocoonP2P.Models;

namespace CocoonP2P.Inference.Runtime;

/// <summary>A model's graph, validated, and its weights, verified, in private memory.</summary>
internal sealed class ModelParts : IDisposable
{
    private readonly PrivateMemory _graph;
    private List<(string Name, PrivateMemory Bytes)> _weights = [];

    private ModelParts(PrivateMemory graph) => _graph = graph;

    public ReadOnlySpan<byte> Graph => _graph.Bytes(0, checked((int)_graph.Length));

    /// <exception cref="InferenceException">ModelInvalid.</exception>
    public static ModelParts Read(ModelStore store, ModelManifest manifest)
    {
        ModelParts parts = new(store.Load(manifest.File(ModelFile.Graph)));
        try
        {
            GraphValidator.Check(parts.Graph, manifest);
            foreach (ModelFile file in manifest.Files.Where(f => f.Role == ModelFile.Weights))
            {
                parts._weights.Add((file.Path, store.Load(file)));
            }

            return parts;
        }
        catch
        {
            parts.Dispose();
            throw;
        }
    }

    /// <summary>The weights, which the caller owns from now on.</summary>
    public IReadOnlyList<(string Name, PrivateMemory Bytes)> TakeWeights()
    {
        IReadOnlyList<(string Name, PrivateMemory Bytes)> taken = _weights;
        _weights = [];
        return taken;
    }

    public void Dispose()
    {
        _graph.Dispose();
        _weights.ForEach(w => w.Bytes.Dispose());
    }
}
