using System.Text.Json;
using CocoonP2P.Hosting;
using CocoonP2P.Node.Client;

namespace CocoonP2P.Node.Commands;

/// <summary>The node that a command asks: the one whose socket the configuration names.</summary>
internal static class RunningNode
{
    /// <summary>The unit's RuntimeDirectory.</summary>
    private const string ServiceSocket = "/run/cocoon/api.sock";

    /// <summary>What the node answers.</summary>
    /// <exception cref="CocoonException">NoNode: nobody listens; else what the node refused.</exception>
    public static Task<JsonElement> GetAsync(FileInfo? config, string path, CancellationToken cancellationToken) =>
        UseAsync(Socket(config), node => node.GetAsync(path, cancellationToken));

    /// <summary>Speaks with the node behind a socket.</summary>
    /// <exception cref="CocoonException">NoNode: nobody listens; else what the node refused.</exception>
    public static async Task<T> UseAsync<T>(string socket, Func<NodeClient, Task<T>> speak)
    {
        using NodeClient node = new(socket);
        try
        {
            return await speak(node);
        }
        catch (HttpRequestException)
        {
            throw new CocoonException(ErrorCode.NoNode, $"no node listens at {socket}", "start one: cocoon run; or name the one that runs: --config FILE, or api.socket");
        }
    }

    /// <summary>Where the node of a configuration listens to commands; without a configuration, the service's where it runs.</summary>
    public static string Socket(FileInfo? config)
    {
        CocoonOptions options = ConfigFile.Load(config).Options;
        string socket = options.Api.Socket.Length > 0 ? options.Api.Socket : DataFolder.Open(options.Node.DataDir).DefaultSocket;
        return File.Exists(socket) || !File.Exists(ServiceSocket) || options.Node.DataDir.Length > 0 ? socket : ServiceSocket;
    }
}
