using System.Runtime.InteropServices;
using System.Text.Json;

namespace CocoonP2P.Train.Conversion;

/// <summary>A graph model of TensorFlow.js: model.json and the weights beside it.</summary>
internal sealed class TfModel : IDisposable
{
    private readonly JsonDocument _document;

    private TfModel(JsonDocument document) => _document = document;

    public IReadOnlyList<TfNode> Nodes { get; private init; } = [];

    /// <summary>Constant tensors by name.</summary>
    public IReadOnlyDictionary<string, TfTensor> Weights { get; private init; } = new Dictionary<string, TfTensor>();

    public static TfModel Read(string folder)
    {
        JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "model.json")));
        JsonElement group = document.RootElement.GetProperty("weightsManifest")[0];
        byte[] bytes = [.. group.GetProperty("paths").EnumerateArray().SelectMany(p => File.ReadAllBytes(Path.Combine(folder, p.GetString()!)))];
        Dictionary<string, TfTensor> weights = new(StringComparer.Ordinal);
        int at = 0;
        foreach (JsonElement weight in group.GetProperty("weights").EnumerateArray())
        {
            string name = weight.GetProperty("name").GetString()!, type = weight.GetProperty("dtype").GetString()!;
            long[] shape = [.. weight.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64())];
            int size = 4 * (int)shape.Aggregate(1L, (product, d) => product * d);
            weights[name] = type switch
            {
                "float32" => new TfTensor(shape, MemoryMarshal.Cast<byte, float>(bytes.AsSpan(at, size)).ToArray(), null),
                "int32" => new TfTensor(shape, null, [.. MemoryMarshal.Cast<byte, int>(bytes.AsSpan(at, size)).ToArray().Select(i => (long)i)]),
                _ => throw new NotSupportedException($"{name}: elements of type {type}"),
            };
            at += size;
        }

        return new TfModel(document)
        {
            Nodes = [.. document.RootElement.GetProperty("modelTopology").GetProperty("node").EnumerateArray().Select(n => new TfNode(n))],
            Weights = weights,
        };
    }

    public void Dispose() => _document.Dispose();
}

/// <summary>A constant tensor: floats or integers.</summary>
internal sealed record TfTensor(long[] Shape, float[]? Floats, long[]? Integers);
