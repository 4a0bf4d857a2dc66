namespace CocoonP2P.Options;

/// <summary>[api] of node.toml.</summary>
internal sealed record ApiOptions
{
    /// <summary>The commands' way into the node, a Unix socket.</summary>
    /// <value>"": $RUNTIME_DIRECTORY/api.sock, else in the data folder.</value>
    public string Socket { get; init; } = "";

    /// <summary>Where the OpenAI-compatible endpoint listens.</summary>
    /// <value>"127.0.0.1:4610"; "" turns it off.</value>
    public string Openai { get; init; } = "127.0.0.1:4610";
}
