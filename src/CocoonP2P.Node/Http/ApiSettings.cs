using System.Net;
using CocoonP2P.Node.Http.Doors;
using CocoonP2P.Protocol;

namespace CocoonP2P.Node.Http;

/// <summary>How a node's doors are set up.</summary>
internal sealed record ApiSettings
{
    /// <summary>Where the endpoint listens; null turns it off.</summary>
    public IPEndPoint? OpenAi { get; init; }

    /// <summary>Path of the commands' socket.</summary>
    public required string Socket { get; init; }

    /// <summary>Who may come in; empty lets everybody in who reaches the endpoint.</summary>
    public KeyRing Keys { get; init; } = KeyRing.Empty;

    /// <summary>Origins of web pages that may ask.</summary>
    public IReadOnlyList<string> Cors { get; init; } = [];

    /// <summary>Names under which the endpoint is reached, beside localhost and addresses.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Most that a request may cost which names no bound.</summary>
    public required NanoTon MaxPerJob { get; init; }

    /// <summary>Where it is remembered what each key has spent; null: nowhere.</summary>
    public string? SpendingFile { get; init; }

    /// <summary>How long a client may send or read more slowly than the least rate; its headers may take twice that.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What a person should know about these doors.</summary>
    public IEnumerable<string> Warnings => OpenAi is not null && Keys.IsEmpty
        ? [$"the endpoint is open: whatever runs on this machine may spend up to payment.max_per_job at a time on {OpenAi}; api.tokens closes it"]
        : [];

    /// <summary>What stands in the configuration.</summary>
    /// <exception cref="CocoonException">Configuration: an address that is none, or one without tokens.</exception>
    public static ApiSettings Of(CocoonOptions options, string defaultSocket, string dataFolder)
    {
        KeyRing keys = options.Api.Tokens.Length == 0 ? KeyRing.Empty : TokenFolder.Load(options.Api.Tokens);
        IPEndPoint? openAi = null;
        if (options.Api.Openai.Length > 0 && !IPEndPoint.TryParse(options.Api.Openai, out openAi))
        {
            throw new CocoonException(
                ErrorCode.Configuration, $"api.openai: \"{options.Api.Openai}\" is no address", "write \"127.0.0.1:4610\", or \"\" to turn it off");
        }

        if (openAi is not null && !IPAddress.IsLoopback(openAi.Address) && keys.IsEmpty)
        {
            throw new CocoonException(
                ErrorCode.Configuration, $"api.openai: \"{options.Api.Openai}\" is no loopback address, and api.tokens is empty",
                "write \"127.0.0.1:4610\"; or put tokens into a folder and name it in api.tokens");
        }

        return new ApiSettings
        {
            OpenAi = openAi,
            Socket = options.Api.Socket.Length > 0 ? options.Api.Socket : defaultSocket,
            Keys = keys,
            Cors = options.Api.Cors,
            Hosts = options.Api.Hosts,
            MaxPerJob = options.Payment.MaxPerJob,
            SpendingFile = Path.Combine(dataFolder, "spending.json"),
        };
    }
}
