using CocoonP2P.Models;

using static CocoonP2P.Inference.Onnx.ProtoReader;

namespace CocoonP2P.Inference.Onnx;

/// <summary>
/// Decides, before ONNX Runtime sees a byte, whether a graph is what its manifest says and nothing more.
/// docs/protocol/inference.md, "What a graph may hold".
/// </summary>
internal static class GraphValidator
{
    /// <summary>Rotary tables of 8,192 positions take 1 MiB each; sixteen times that.</summary>
    public const long MaxInlineBytes = 16L << 20;

    /// <summary>All inline tensors together.</summary>
    public const long MaxInlineTotal = 64L << 20;

    /// <exception cref="InferenceException">ModelInvalid.</exception>
    public static GraphFacts Check(ReadOnlySpan<byte> graphFile, ModelManifest manifest)
    {
        GraphFacts graph = GraphReader.Read(graphFile);
        Require(graph.IrVersion is >= 8 and <= 13, "its IR version is unknown");
        foreach ((string domain, long version) in graph.Opsets)
        {
            Require(domain switch { "" => version is >= 17 and <= 24, AllowedOperators.Microsoft => version == 1, _ => false }, "an opset is unknown");
        }

        foreach (NodeFacts node in graph.Nodes)
        {
            Require(AllowedOperators.Has(manifest, node), $"operator {node.Operator} is not allowed");
            Require(manifest.Operators.Contains(node.Operator), $"operator {node.Operator} is not in the manifest");
            CheckNode(node);
        }

        CheckInitializers(graph.Initializers, manifest);
        if (manifest.Kind == ModelManifest.EmbedKind)
        {
            EmbedContract.Check(graph, manifest);
        }
        else
        {
            LlmContract.Check(graph, manifest);
        }

        return graph;
    }

    private static void CheckNode(NodeFacts node)
    {
        if (node.Operator is "MatMulNBits" or "GatherBlockQuantized")
        {
            Require(node.Integers.GetValueOrDefault("block_size") is 32 or 64, $"{node.Operator} has a block that is not 32 or 64");
            Require(node.Integers.GetValueOrDefault("bits", 4) is 4 or 8, $"{node.Operator} is not of 4 or 8 bits");
        }

        if (node.Operator == "MatMulNBits")
        {
            // Any other level is up to twenty times slower.
            Require(node.Integers.GetValueOrDefault("accuracy_level") == 4, "MatMulNBits is not of accuracy_level 4");
        }
    }

    private static void CheckInitializers(List<TensorFacts> tensors, ModelManifest manifest)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        Dictionary<string, long> files = manifest.Files
            .Where(f => f.Role == ModelFile.Weights)
            .ToDictionary(f => f.Path, f => f.Size, StringComparer.Ordinal);
        long inline = 0;
        foreach (TensorFacts tensor in tensors)
        {
            Require(tensor.Name.Length > 0 && names.Add(tensor.Name), "an initialiser has no name of its own");
            long bytes = Size(tensor);
            if (tensor.External is not { } range)
            {
                Require(tensor.InlineBytes == bytes && bytes <= MaxInlineBytes, $"{tensor.Name} is not of its size, or too large to be inline");
                inline += bytes;
                Require(inline <= MaxInlineTotal, "its inline tensors are too large together");
                continue;
            }

            Require(files.TryGetValue(range.Location, out long size), $"{tensor.Name} lies outside the model's files");
            Require(range.Length == bytes, $"{tensor.Name} is not of its size");
            Require(range.Offset <= size && range.Length <= size - range.Offset, $"{tensor.Name} runs past the end of its file");
        }

        CheckOverlap(tensors);
    }

    // A tied embedding is one range with two names; any other overlap is a mistake or a trick.
    private static void CheckOverlap(List<TensorFacts> tensors)
    {
        foreach (IGrouping<string, ExternalRange> file in tensors.Select(t => t.External).OfType<ExternalRange>().GroupBy(r => r.Location))
        {
            long end = 0;
            foreach (ExternalRange range in file.Distinct().OrderBy(r => r.Offset).ThenBy(r => r.Length))
            {
                Require(range.Offset >= end, "two initialisers overlap");
                end = range.Offset + range.Length;
            }
        }
    }

    private static long Size(TensorFacts tensor)
    {
        long size = OnnxType.Bytes(tensor.Type);
        Require(size > 0, $"{tensor.Name} has an element type that is not allowed");
        foreach (long dim in tensor.Dims)
        {
            Require(dim is > 0 and <= int.MaxValue && size <= long.MaxValue / dim, $"{tensor.Name} has impossible dimensions");
            size *= dim;
        }

        return size;
    }
}
