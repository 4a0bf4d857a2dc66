using System.Text.Json.Nodes;

namespace CocoonP2P.Tests.Libp2p;

/// <summary>tests/vectors/libp2p: bytes that js-libp2p made, hex.</summary>
internal static class Vectors
{
    public static readonly JsonNode All = Read("vectors.json");

    public static JsonNode Read(string file) => JsonNode.Parse(System.IO.File.ReadAllText(Repository.File($"tests/vectors/libp2p/{file}")))!;

    public static byte[] Bytes(this JsonNode node, string name) => Convert.FromHexString(node[name]!.GetValue<string>());

    public static string Text(this JsonNode node, string name) => node[name]!.GetValue<string>();
}
