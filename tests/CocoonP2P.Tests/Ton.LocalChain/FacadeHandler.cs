using System.Net;
using CocoonP2P.Ton.LocalChain;

namespace CocoonP2P.Tests.Ton.LocalChain;

/// <summary>Carries a client's requests to the façade without a socket.</summary>
internal sealed class FacadeHandler(TonCenterFacade facade) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        byte[] body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        Dictionary<string, string> query = request.RequestUri!.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(static pair => pair.Split('=', 2)).ToDictionary(static pair => pair[0], static pair => Uri.UnescapeDataString(pair[1]));
        FacadeAnswer answer = facade.Handle(request.Method.Method, request.RequestUri.AbsolutePath, query, body);
        return new HttpResponseMessage((HttpStatusCode)answer.Status) { Content = new ReadOnlyMemoryContent(answer.Json) };
    }
}
