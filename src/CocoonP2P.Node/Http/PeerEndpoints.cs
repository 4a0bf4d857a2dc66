using CocoonP2P.Capacity;
using CocoonP2P.Hosting;

namespace CocoonP2P.Node.Http;

/// <summary>What the node knows of workers, and why one of them is not chosen; on the Unix socket alone.</summary>
internal sealed class PeerEndpoints(INode node)
{
    public Task ListAsync(HttpContext context) => ApiServer.WriteAsync(context, OpenAiJson.Write(w =>
    {
        w.WriteStartArray("peers");
        foreach (PeerView peer in node.Peers())
        {
            PeerJson.Write(w, peer);
        }

        w.WriteEndArray();
    }));

    public Task ShowAsync(HttpContext context)
    {
        string id = Id(context);
        PeerView peer = node.Peers().FirstOrDefault(p => p.Peer == id)
            ?? throw new CocoonException(ErrorCode.Usage, $"nothing is known of a worker \"{id}\"", "cocoon peers list shows those that are known");
        return ApiServer.WriteAsync(context, OpenAiJson.Write(w =>
        {
            w.WritePropertyName("peer");
            PeerJson.Write(w, peer);
        }));
    }

    public Task WhyNotAsync(HttpContext context)
    {
        IReadOnlyList<Explanation> explanations = node.Explain(Id(context), context.Request.Query["model"].FirstOrDefault());
        return ApiServer.WriteAsync(context, OpenAiJson.Write(w =>
        {
            w.WriteStartArray("explanations");
            foreach (Explanation explanation in explanations)
            {
                PeerJson.Write(w, explanation);
            }

            w.WriteEndArray();
        }));
    }

    private static string Id(HttpContext context) => (string)context.Request.RouteValues["id"]!;
}
