using System.Net.Sockets;
using System.Security.Cryptography;
using CocoonP2P.Inference;
using CocoonP2P.Models;
using CocoonP2P.Networks;
using CocoonP2P.Peers;
using CocoonP2P.Storage;
using CocoonP2P.Text;
using CocoonP2P.Ton;

namespace CocoonP2P.Hosting;

/// <summary>A node with all that it stands on: opens everything in order, and closes it in the opposite one.</summary>
internal sealed class NodeHost : IAsyncDisposable
{
    private readonly Stack<object> _open = [];
    private NodeEngine? _engine;

    public NodeEngine Engine => _engine!;

    /// <exception cref="CocoonException">What stands against a start, with its cure.</exception>
    public static async Task<NodeHost> StartAsync(NodeSite site, CancellationToken cancellationToken)
    {
        NodeHost host = new();
        try
        {
            NodeParts parts = host.Compose(site);
            host._engine = await StartEngineAsync(parts, cancellationToken);
            host._open.Push(host._engine);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        while (_open.TryPop(out object? part))
        {
            if (part is IAsyncDisposable asynchronous)
            {
                await asynchronous.DisposeAsync();
            }
            else
            {
                ((IDisposable)part).Dispose();
            }
        }
    }

    private NodeParts Compose(NodeSite site)
    {
        (CocoonOptions options, NetworkManifest manifest, DataFolder folder) = (site.Options, site.Manifest, site.Folder);
        Own(folder.Claim());
        NodeKeys keys = Own(folder.Keys());
        Journal journal = Own(OpenJournal(folder));
        FloorStore floors = Own(Journal.OpenFloors(folder.Journal));
        SocketsHttpHandler http = Own(new SocketsHttpHandler());
        HttpClient collateral = Own(new HttpClient(http, disposeHandler: false));
        Random random = new(BitConverter.ToInt32(RandomNumberGenerator.GetBytes(4)));
        List<TonCenterClient> chain = [.. Endpoints(options, manifest).Select(e => Own(new TonCenterClient(
            new TonCenterOptions { Endpoint = e, RequestsPerSecond = e.IsLoopback ? 1_000 : null, Burst = e.IsLoopback ? 100 : 5 },
            http, site.Time, new Random(random.Next()))))];
        IReadOnlyList<string> bootstrap = options.Peers.Bootstrap is ["network"] ? manifest.Bootstrap : options.Peers.Bootstrap;
        return new NodeParts
        {
            Options = options,
            NetworkId = manifest.NetworkId,
            GlobalId = manifest.GlobalId,
            BlockTime = manifest.BlockTime,
            Keys = keys,
            Network = new Libp2pNetwork(keys.Identity, options.Peers.Listen, bootstrap, site.Time, random, site.Loggers),
            Journal = journal,
            Chain = chain,
            Catalog = site.Catalog ?? OpenTexts(folder),
            Names = new ModelNames(options.Models.Pinned, manifest.Models, manifest.ModelsFromOffers),
            Texts = new TextStore(folder.Texts),
            Store = new ModelStore(folder.Models),
            Backend = site.Backend,
            Appraiser = Judges.Of(TrustRules.Choose(manifest, options, collateral, site.Time), floors, site.Time),
            Evidence = site.Evidence,
            Random = RandomNumberGenerator.Fill,
            Time = site.Time,
            Loggers = site.Loggers,
            SaveReceipt = folder.SaveReceiptAsync,
            LoadReceipt = folder.LoadReceiptAsync,
        };
    }

    private T Own<T>(T part)
        where T : notnull
    {
        _open.Push(part);
        return part;
    }

    private static async Task<NodeEngine> StartEngineAsync(NodeParts parts, CancellationToken cancellationToken)
    {
        try
        {
            return await NodeEngine.StartAsync(parts, cancellationToken);
        }
        catch (Exception e) when (e is SocketException or Libp2p.Libp2pException)
        {
            throw new CocoonException(
                ErrorCode.Failed, $"{string.Join(", ", parts.Options.Peers.Listen)} is in use ({e.Message})", "choose another in node.toml: network.listen");
        }
    }

    private static Journal OpenJournal(DataFolder folder)
    {
        try
        {
            return Journal.Open(folder.Journal);
        }
        catch (JournalException e)
        {
            throw new CocoonException(ErrorCode.Configuration, e.Message, "a journal of a later version needs that version; a damaged one its backup");
        }
    }

    /// <summary>A client's models: it counts with their tokenizers, and runs none.</summary>
    private static IModelCatalog OpenTexts(DataFolder folder)
    {
        try
        {
            return StoreCatalog.Open(folder.Models);
        }
        catch (InferenceException e)
        {
            throw new CocoonException(
                ErrorCode.Configuration, $"inference: {e.Code}: {e.Message}", "cocoon models list and cocoon models add DIR mend the store");
        }
    }

    private static IEnumerable<Uri> Endpoints(CocoonOptions options, NetworkManifest manifest) =>
        (options.Chain.Endpoints is ["network"] ? manifest.Chain : options.Chain.Endpoints).Select(e =>
            Uri.TryCreate(e, UriKind.Absolute, out Uri? uri)
                ? uri
                : throw new CocoonException(ErrorCode.Configuration, $"chain.endpoints: \"{e}\" is no address", "write \"https://…/api/v2/\""));
}
