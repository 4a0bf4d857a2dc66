using System.Security.Cryptography;
using CocoonP2P.Client;
using CocoonP2P.Hosting;
using CocoonP2P.Networks;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CocoonP2P;

/// <summary>
/// A node inside this process: a client of the network without a coordinator. It finds workers by gossip, checks by its own
/// policy what they run, and pays them through channels on TON. One node serves any number of clients at once.
/// </summary>
public sealed class CocoonNode : IAsyncDisposable
{
    private readonly NodeHost _host;
    private readonly TimeProvider _time;

    private CocoonNode(NodeHost host, TimeProvider time) => (_host, _time) = (host, time);

    /// <summary>This node's peer id, as text.</summary>
    public string PeerId => _host.Engine.Status().PeerId;

    /// <summary>This node's wallet, user-friendly form: what is sent here pays for answers.</summary>
    public string Wallet => _host.Engine.WalletAddress;

    /// <summary>What its owner should know, such as that the network is simulated; empty where all is well.</summary>
    public IReadOnlyList<string> Warnings => _host.Engine.Status().Warnings;

    /// <summary>What the network offers now, by model; it takes a second or two after the start until offers are heard.</summary>
    public IReadOnlyList<OfferedModel> Models => _host.Engine.Models();

    internal INode Engine => _host.Engine;

    /// <summary>Starts a node. Without logs, by the system's clock.</summary>
    /// <param name="options">Where and how; every problem in them is told at once.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="CocoonException"><see cref="ErrorCode.Configuration"/>, with what to change.</exception>
    public static Task<CocoonNode> StartAsync(CocoonOptions options, CancellationToken cancellationToken = default) =>
        StartAsync(options, NullLoggerFactory.Instance, TimeProvider.System, cancellationToken);

    /// <summary>Starts a node.</summary>
    /// <param name="options">Where and how; every problem in them is told at once.</param>
    /// <param name="loggers">Where it logs: ids and sizes, never contents.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="CocoonException"><see cref="ErrorCode.Configuration"/>, with what to change.</exception>
    public static async Task<CocoonNode> StartAsync(
        CocoonOptions options, ILoggerFactory loggers, TimeProvider time, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(loggers);
        ArgumentNullException.ThrowIfNull(time);
        CocoonOptions client = Embedded.Check(options);
        NodeSite site = new()
        {
            Options = client,
            Manifest = ManifestFile.Load(client),
            Folder = DataFolder.Open(client.DataDir),
            Time = time,
            Loggers = loggers,
        };
        return new CocoonNode(await NodeHost.StartAsync(site, cancellationToken), time);
    }

    /// <summary>A chat client for a model.</summary>
    /// <param name="model">"NAME", "NAME@ID" or the 64 hex digits of an id.</param>
    public IChatClient CreateChatClient(string model) => Clients.Chat(() => Engine, model, RandomNumberGenerator.Fill, _time);

    /// <summary>An embedding generator for a model.</summary>
    /// <param name="model">"NAME", "NAME@ID" or the 64 hex digits of an id.</param>
    public IEmbeddingGenerator<string, Embedding<float>> CreateEmbeddingGenerator(string model) => Clients.Embeddings(() => Engine, model, _time);

    /// <summary>The receipt of a finished job, which anyone can verify offline with `cocoon verify`.</summary>
    /// <param name="job">cocoon.job of the answer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>JSON as UTF-8; null for a job that is unknown, or whose receipt has not come yet.</returns>
    public Task<byte[]?> GetReceiptAsync(string job, CancellationToken cancellationToken = default) => Engine.ReceiptAsync(job, cancellationToken);

    /// <summary>Ends every channel and waits until the chain shows it: what was not spent of the deposits is in the wallet again.</summary>
    /// <param name="cancellationToken">Stops waiting; the channels end all the same.</param>
    public async Task CloseChannelsAsync(CancellationToken cancellationToken = default) => await Engine.CloseAllAsync(cancellationToken);

    /// <summary>
    /// Ends the node: running answers are cancelled, what arrived of them is paid, the rest of their locks is free again.
    /// Channels stay open for the next start on the same folder.
    /// </summary>
    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
