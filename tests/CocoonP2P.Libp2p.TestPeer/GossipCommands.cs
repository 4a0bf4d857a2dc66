using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace CocoonP2P.Libp2p.TestPeer;

/// <summary>Topics: taking part, publishing, and a look at the mesh.</summary>
internal sealed class GossipCommands(PubsubRouter pubsub, Output output)
{
    private readonly HashSet<string> _heard = new(StringComparer.Ordinal);

    public void AddTo(Dictionary<string, Func<JsonNode, CancellationToken, Task<JsonNode>>> table)
    {
        table["subscribe"] = SubscribeAsync;
        table["unsubscribe"] = async (c, ct) =>
        {
            await Topic(c).UnsubscribeAsync(ct);
            return new JsonObject();
        };
        table["publish"] = PublishAsync;
        table["mesh"] = async (c, ct) => Peers(await pubsub.AskAsync(r => r.Mesh(Topic(c).Name).ToArray(), ct));
        table["topicPeers"] = async (c, ct) => Peers(await pubsub.AskAsync(r => r.Subscribers(Topic(c).Name).ToArray(), ct));
    }

    private static JsonObject Peers(IEnumerable<PeerId> peers) => new() { ["peers"] = new JsonArray([.. peers.Select(p => (JsonNode)p.ToString())]) };

    private ITopic Topic(JsonNode command) => pubsub.GetTopic(command["topic"]!.GetValue<string>());

    private async Task<JsonNode> SubscribeAsync(JsonNode command, CancellationToken ct)
    {
        ITopic topic = Topic(command);
        lock (_heard)
        {
            if (_heard.Add(topic.Name))
            {
                topic.OnMessage += Tell;
            }
        }

        await topic.SubscribeAsync(ct);
        return new JsonObject();
    }

    private async Task<JsonNode> PublishAsync(JsonNode command, CancellationToken ct)
    {
        byte[] data = command["size"] is { } size ? RandomNumberGenerator.GetBytes(size.GetValue<int>())
            : command["dataB64"] is { } base64 ? Convert.FromBase64String(base64.GetValue<string>())
            : Encoding.UTF8.GetBytes(command["data"]!.GetValue<string>());
        PublishResult result = await Topic(command).PublishAsync(data, ct);
        return new JsonObject { ["queued"] = result.Queued, ["dropped"] = result.Dropped };
    }

    private void Tell(PubsubMessage message) => output.Event("message", new JsonObject
    {
        ["topic"] = message.Topic,
        ["type"] = "signed",
        ["from"] = message.From.ToString(),
        ["via"] = message.ReceivedFrom.ToString(),
        ["text"] = Encoding.UTF8.GetString(message.Data.Span),
        ["dataB64"] = Convert.ToBase64String(message.Data.Span),
    });
}
