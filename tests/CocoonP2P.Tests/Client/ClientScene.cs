using CocoonP2P.Client;
using CocoonP2P.Tests.Node.Http.Support;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace CocoonP2P.Tests.Client;

/// <summary>A chat client over a node that answers as its prompt says.</summary>
internal sealed class ClientScene
{
    private readonly FakeTimeProvider _time = new();

    public ClientScene()
    {
        Node = new ScriptedNode(_time);
        Client = Clients.Chat(() => Node, ScriptedNode.Model, bytes => bytes.Fill(7), _time);
        Embeddings = Clients.Embeddings(() => Node, ScriptedNode.Embedder, _time);
    }

    public ScriptedNode Node { get; }

    public IChatClient Client { get; }

    public IEmbeddingGenerator<string, Embedding<float>> Embeddings { get; }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public Task<ChatResponse> AskAsync(string prompt, ChatOptions? options = null) => Client.GetResponseAsync(prompt, options, Token);
}
