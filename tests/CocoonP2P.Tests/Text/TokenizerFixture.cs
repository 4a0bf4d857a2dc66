using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CocoonP2P.Text.Tokenizing;

namespace CocoonP2P.Tests.Text;

/// <summary>The repository's own tokenizer, and small variants of it.</summary>
internal static class TokenizerFixture
{
    public static readonly byte[] Json = File.ReadAllBytes(Repository.File("models/cocoon-tiny/tokenizer.json"));

    public static readonly Tokenizer Tiny = TokenizerJson.Load(Json);

    /// <summary>The own file with one change.</summary>
    public static byte[] With(Action<JsonNode> change)
    {
        JsonNode root = JsonNode.Parse(Json)!;
        change(root);
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    public static string Decode(Tokenizer tokenizer, IEnumerable<int> ids)
    {
        List<byte> bytes = [];
        foreach (int id in ids)
        {
            bytes.AddRange(tokenizer.BytesOf(id));
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    public static string Quoted(string text) => JsonSerializer.Serialize(text);
}
