using CocoonP2P.Sessions;
using Microsoft.Extensions.AI;

namespace CocoonP2P.Client;

/// <summary>Makes clients of a node that is there, or will be.</summary>
internal static class Clients
{
    public static IChatClient Chat(NodeSource node, string model, RandomSource random, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        return new CocoonClient(node, model, random, time);
    }

    public static IEmbeddingGenerator<string, Embedding<float>> Embeddings(NodeSource node, string model, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        return new CocoonEmbeddings(node, model, time);
    }
}
