using System.Net;

namespace CocoonP2P.Node.Http.Doors;

/// <summary>Who comes in: the right host, no page of another site, and a token that reaches the route.</summary>
internal sealed class Gate(KeyRing keys, Origins origins, IReadOnlyList<string> hosts)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        RefuseTwoLengths(context);
        bool fromSocket = context.Connection.LocalIpAddress is null;
        if (fromSocket)
        {
            context.Items[typeof(ApiKey)] = ApiKey.Open;
        }
        else if (Settle(context))
        {
            return;
        }

        await next(context);
    }

    /// <summary>
    /// A body with a length and in chunks as well means one request to this server and another to a proxy before it: the server
    /// keeps the first length under another name.
    /// </summary>
    private static void RefuseTwoLengths(HttpContext context)
    {
        if (context.Request.Headers.TransferEncoding.Count > 0 && context.Request.Headers.ContainsKey("X-Content-Length"))
        {
            context.Response.Headers.Connection = "close";
            throw new CocoonException(ErrorCode.Usage, "a body has a length or comes in chunks", "send one of Content-Length and Transfer-Encoding");
        }
    }

    /// <returns>Whether the request is answered.</returns>
    private bool Settle(HttpContext context)
    {
        string host = context.Request.Host.Host;
        if (host != "localhost" && !IPAddress.TryParse(host.Trim('[', ']'), out _) && !hosts.Contains(host, StringComparer.OrdinalIgnoreCase))
        {
            throw new CocoonException(ErrorCode.Usage, $"host {host} is not this node", "use the address that the node listens on, or list the name in node.toml: api.hosts");
        }

        if (origins.Settle(context))
        {
            return true;
        }

        PathString path = context.Request.Path;
        if (path.StartsWithSegments("/control", StringComparison.OrdinalIgnoreCase))
        {
            throw new CocoonException(ErrorCode.Forbidden, "money does not move over HTTP", "use the cocoon command on the node's machine");
        }

        context.Items[typeof(ApiKey)] = Admit(context, Needed(path));
        return false;
    }

    private ApiKey Admit(HttpContext context, Scope needed)
    {
        if (keys.IsEmpty || needed == Scope.None)
        {
            return ApiKey.Open;
        }

        Microsoft.Extensions.Primitives.StringValues authorization = context.Request.Headers.Authorization;
        ApiKey key = (authorization.Count == 1 ? keys.Find(authorization[0]) : null)
            ?? throw new CocoonException(ErrorCode.Unauthorized, "no token that this node knows", $"send Authorization: Bearer, and the first line of a file of api.tokens; scope {Spell(needed)}");
        return (key.Scope & needed) != 0
            ? key
            : throw new CocoonException(ErrorCode.Forbidden, $"the token {key.Name} does not reach here", $"send one of scope {Spell(needed)}");
    }

    /// <summary>Any of these scopes will do.</summary>
    private static Scope Needed(PathString path)
    {
        bool Is(string prefix) => path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase);
        return Is("/health") ? Scope.None
            : Is("/v1/models") || Is("/v1/jobs") ? Scope.Read | Scope.Infer
            : Is("/v1") ? Scope.Infer
            : Scope.Read;
    }

    private static string Spell(Scope scope) => (scope & Scope.Read) != 0 ? scope == Scope.Read ? "read" : "infer or read" : "infer";
}
