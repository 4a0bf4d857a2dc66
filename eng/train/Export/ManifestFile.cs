using System.Security.Cryptography;
using System.Text.Json;
using CocoonP2P.Models;
using CocoonP2P.Train.Onnx;

namespace CocoonP2P.Train.Export;

/// <summary>Writes a model's manifest, which names its files by hash.</summary>
internal static class ManifestFile
{
    /// <param name="folder">Where the files are.</param>
    /// <param name="name">Of the model.</param>
    /// <param name="kind">Contract of its graph.</param>
    /// <param name="source">Where it is from.</param>
    /// <param name="graph">Its graph.</param>
    /// <param name="files">Path and role of each.</param>
    /// <param name="shapes">Writes limits and shapes.</param>
    /// <returns>The model's id in hex.</returns>
    public static string Write(
        string folder, string name, string kind, string source, OnnxGraph graph, IEnumerable<(string Path, string Role)> files, Action<Utf8JsonWriter> shapes)
    {
        using MemoryStream draft = new();
        using (Utf8JsonWriter json = new(draft))
        {
            json.WriteStartObject();
            json.WriteString("schema", ManifestReader.Schema);
            json.WriteString("name", name);
            json.WriteString("revision", "1");
            json.WriteString("kind", kind);
            json.WriteString("licence", "Apache-2.0");
            json.WriteString("source", source);
            json.WriteStartArray("files");
            foreach ((string path, string role) in files)
            {
                WriteFile(json, path, role, File.ReadAllBytes(Path.Combine(folder, path)));
            }

            json.WriteEndArray();
            WriteGraph(json, graph);
            shapes(json);
            json.WriteEndObject();
        }

        if (!CanonicalJson.TryWrite(draft.ToArray(), out byte[] canonical, out string problem))
        {
            throw new InvalidOperationException(problem);
        }

        // Canonical on disk as well: the SHA-256 of this file is the model's id.
        File.WriteAllBytes(Path.Combine(folder, ModelStore.ManifestFile), canonical);
        return Convert.ToHexStringLower(SHA256.HashData(canonical));
    }

    private static void WriteFile(Utf8JsonWriter json, string path, string role, byte[] content)
    {
        json.WriteStartObject();
        json.WriteString("path", path);
        json.WriteString("role", role);
        json.WriteNumber("size", content.Length);
        json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(content)));
        json.WriteString("verity", Convert.ToHexStringLower(VerityTree.Root(content)));
        json.WriteEndObject();
    }

    private static void WriteGraph(Utf8JsonWriter json, OnnxGraph graph)
    {
        json.WriteStartObject("graph");
        json.WriteStartObject("opsets");
        json.WriteNumber("", 21);
        json.WriteNumber("com.microsoft", 1);
        json.WriteEndObject();
        json.WriteStartArray("ops");
        foreach (string op in graph.Operators)
        {
            json.WriteStringValue(op);
        }

        json.WriteEndArray();
        json.WriteNumber("nodes", graph.NodeCount);
        json.WriteEndObject();
    }
}
