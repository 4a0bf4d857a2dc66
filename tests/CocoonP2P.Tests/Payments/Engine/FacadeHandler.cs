using System.Net;
using CocoonP2P.Ton.LocalChain;

namespace CocoonP2P.Tests.Payments;

/// <summary>HTTP without a socket: the production client asks the local chain's façade.</summary>
internal sealed class FacadeHandler(TonCenterFacade facade) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        Uri uri = request.RequestUri!;
        Dictionary<string, string> query = uri.Query.TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair.Length > 1 ? pair[1] : ""));
        FacadeAnswer answer = facade.Handle(request.Method.Method, uri.AbsolutePath, query, body);
        return new HttpResponseMessage((HttpStatusCode)answer.Status) { Content = new ByteArrayContent(answer.Json.ToArray()) };
    }
}
