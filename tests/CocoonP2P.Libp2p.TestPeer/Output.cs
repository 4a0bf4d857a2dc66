using System.Text.Json.Nodes;

namespace CocoonP2P.Libp2p.TestPeer;

/// <summary>Writes one JSON object a line, each at once and whole.</summary>
internal sealed class Output(TextWriter writer)
{
    private readonly Lock _lock = new();

    public void Event(string name, JsonObject fields)
    {
        fields["event"] = name;
        Write(fields);
    }

    public void Answer(JsonNode? id, JsonNode result) => Write(new JsonObject { ["id"] = id?.DeepClone(), ["ok"] = true, ["result"] = result });

    public void Error(JsonNode? id, Exception error) => Write(new JsonObject
    {
        ["id"] = id?.DeepClone(),
        ["ok"] = false,
        ["error"] = error.Message,
        ["name"] = error is Libp2pException known ? known.Code : error.GetType().Name,
    });

    private void Write(JsonObject line)
    {
        lock (_lock)
        {
            writer.WriteLine(line.ToJsonString());
            writer.Flush();
        }
    }
}
