using System.Text.Json;
using CocoonP2P.Hosting;
using CocoonP2P.Node.Configuration;
using CocoonP2P.Node.Demo;

namespace CocoonP2P.Node.Commands;

/// <summary>The node that a command asks: the one whose socket the configuration names.</summary>
internal static class RunningNode
{
    /// <summary>What the node answers.</summary>
    /// <exception cref="CocoonException">NoNode: nobody listens; else what the node refused.</exception>
    public static async Task<JsonElement> GetAsync(FileInfo? config, string path, CancellationToken cancellationToken)
    {
        string file = Socket(ConfigFile.Load(config));
        using NodeClient node = new(file);
        try
        {
            return await node.GetAsync(path, cancellationToken);
        }
        catch (HttpRequestException)
        {
            throw new CocoonException(ErrorCode.NoNode, $"no node listens at {file}", "start one: cocoon run; or name the one that runs: --config FILE, or api.socket");
        }
    }

    private static string Socket(LoadedConfig loaded) =>
        loaded.Options.Api.Socket.Length > 0 ? loaded.Options.Api.Socket : DataFolder.Open(loaded.Options.Node.DataDir).DefaultSocket;
}
