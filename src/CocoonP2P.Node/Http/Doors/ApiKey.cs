namespace CocoonP2P.Node.Http.Doors;

/// <summary>Who asks: a token of a file, or whoever reaches a door that needs none.</summary>
/// <param name="Name">The file's name without its ending, such as "infer" or "infer-alice"; the tenant that fairness counts.</param>
/// <param name="Scope">How far it reaches.</param>
/// <param name="Limits">What it may spend.</param>
internal sealed record ApiKey(string Name, Scope Scope, KeyLimits Limits)
{
    /// <summary>The socket's owner, and loopback on a node without tokens.</summary>
    public static readonly ApiKey Open = new("", Scope.Admin, new KeyLimits());

    /// <summary>The key of a request that the gate let in.</summary>
    public static ApiKey Of(HttpContext context) => (ApiKey)context.Items[typeof(ApiKey)]!;
}
