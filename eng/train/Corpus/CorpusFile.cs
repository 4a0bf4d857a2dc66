using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CocoonP2P.Text;

namespace CocoonP2P.Train.Corpus;

/// <summary>The corpus on disk: a JSON array a line, roles and contents in turn. Its hash stands in the model card.</summary>
internal static class CorpusFile
{
    /// <summary>Writes documents, returns the SHA-256 of the file in hex.</summary>
    public static string Write(string path, IEnumerable<Document> documents)
    {
        using (StreamWriter writer = new(path, false, new UTF8Encoding(false)) { NewLine = "\n" })
        {
            foreach (Document document in documents)
            {
                writer.WriteLine(JsonSerializer.Serialize(document.Turns.SelectMany(turn => (string[])[turn.Role, turn.Content])));
            }
        }

        return Hash(path);
    }

    /// <summary>Reads the conversations.</summary>
    public static IEnumerable<ChatTurn[]> Read(string path) =>
        File.ReadLines(path).Select(line => JsonSerializer.Deserialize<string[]>(line)!
            .Chunk(2)
            .Select(pair => new ChatTurn(pair[0], pair[1]))
            .ToArray());

    /// <summary>SHA-256 of the file in hex.</summary>
    public static string Hash(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
