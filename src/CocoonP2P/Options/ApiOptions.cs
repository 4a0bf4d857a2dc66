namespace CocoonP2P.Options;

/// <summary>[api] of node.toml.</summary>
internal sealed record ApiOptions
{
    /// <summary>The commands' way into the node, a Unix socket.</summary>
    /// <value>"": $RUNTIME_DIRECTORY/api.sock, else in the data folder.</value>
    public string Socket { get; init; } = "";

    /// <summary>Where the OpenAI-compatible endpoint listens.</summary>
    /// <value>"127.0.0.1:4610"; "" turns it off. Any other than a loopback address needs <see cref="Tokens"/>.</value>
    public string Openai { get; init; } = "127.0.0.1:4610";

    /// <summary>A folder with a file for each token: admin.token, read.token, infer.token, infer-NAME.token.</summary>
    /// <value>"": whoever reaches the loopback address may ask.</value>
    public string Tokens { get; init; } = "";

    /// <summary>Origins of web pages that may ask, such as "https://app.example".</summary>
    /// <value>None: a browser's page of another site is refused.</value>
    public IReadOnlyList<string> Cors { get; init; } = [];

    /// <summary>Names under which the endpoint is reached, beside localhost and addresses: the Host header must hold one.</summary>
    /// <value>None.</value>
    public IReadOnlyList<string> Hosts { get; init; } = [];
}
