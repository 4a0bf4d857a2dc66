using Microsoft.Extensions.Primitives;

namespace CocoonP2P.Node.Http.Doors;

/// <summary>Which web pages may ask: those of the node itself, and those of api.cors. A browser names the page in Origin.</summary>
/// <param name="listed">Such as "https://app.example".</param>
internal sealed class Origins(IReadOnlyList<string> listed)
{
    /// <summary>Admits or refuses a page; answers a browser's question before the request.</summary>
    /// <returns>Whether the request is answered.</returns>
    /// <exception cref="CocoonException">Forbidden: a page of another site.</exception>
    public bool Settle(HttpContext context)
    {
        StringValues origin = context.Request.Headers.Origin;
        if (origin.Count == 0)
        {
            return false;
        }

        if (origin.Count > 1 || !(listed.Contains(origin[0]!) || origin[0] == $"http://{context.Request.Host}"))
        {
            throw new CocoonException(ErrorCode.Forbidden, "a page of another site may not ask this node", "list its origin in node.toml: api.cors");
        }

        IHeaderDictionary headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = origin[0];
        headers.AccessControlExposeHeaders = "Cocoon-Job, Cocoon-Worker, Cocoon-Attestation, Cocoon-Cost, Retry-After, x-request-id";
        headers.Vary = "Origin";
        bool asks = HttpMethods.IsOptions(context.Request.Method) && context.Request.Headers.ContainsKey("Access-Control-Request-Method");
        if (asks)
        {
            headers.AccessControlAllowMethods = "GET, POST";
            headers.AccessControlAllowHeaders = context.Request.Headers["Access-Control-Request-Headers"].ToString() is { Length: > 0 and < 1024 } wanted
                ? wanted
                : "authorization, content-type";
            headers.AccessControlMaxAge = "600";
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }

        return asks;
    }
}
