using System.Net.Http.Headers;
using System.Text;

namespace CocoonP2P.Attestation;

/// <summary>Collateral from Intel's service, or from a cache that speaks its version 4 (PCCS).</summary>
/// <param name="http">Sets proxy and time-out.</param>
/// <param name="service">For instance https://api.trustedservices.intel.com, without a path.</param>
/// <param name="rootCrl">Where the root's revocation list is; null for the cache's own.</param>
public sealed class PccsCollateralSource(HttpClient http, Uri service, Uri? rootCrl = null) : ICollateralSource
{
    /// <inheritdoc/>
    public async ValueTask<CollateralBundle?> GetAsync(CollateralRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        string update = request.Early ? "early" : "standard";
        Uri crl = rootCrl ?? At("/sgx/certification/v4/rootcacrl");
        Part? tcb = await GetAsync(
            At($"/tdx/certification/v4/tcb?fmspc={request.Fmspc}&update={update}"), "TCB-Info-Issuer-Chain", SignedJson.MaxBytes, cancellationToken);
        Part? qe = await GetAsync(At($"/tdx/certification/v4/qe/identity?update={update}"), null, SignedJson.MaxBytes, cancellationToken);
        Part? pck = await GetAsync(
            At("/sgx/certification/v4/pckcrl?ca=platform&encoding=der"), "SGX-PCK-CRL-Issuer-Chain", RevocationList.MaxBytes, cancellationToken);
        Part? root = await GetAsync(crl, null, RevocationList.MaxBytes, cancellationToken);
        return tcb is null || qe is null || pck is null || root is null ? null : new CollateralBundle
        {
            TcbInfo = tcb.Body,
            QeIdentity = qe.Body,
            TcbSigningChain = tcb.Chain,
            PckCrl = Der(pck.Body),
            PckCrlIssuerChain = pck.Chain,
            RootCaCrl = Der(root.Body),
        };
    }

    private Uri At(string path) => new(service, path);

    /// <summary>Null if the service does not answer, refuses, or says more than anything genuine does.</summary>
    private async ValueTask<Part?> GetAsync(Uri address, string? chainHeader, int limit, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage answer = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                return null;
            }

            byte[] buffer = new byte[limit + 1];
            await using Stream body = await answer.Content.ReadAsStreamAsync(cancellationToken);
            int length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            return length > limit ? null : new Part(buffer[..length], ChainOf(answer.Headers, chainHeader));
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>PEM, percent-encoded into one line.</summary>
    private static byte[] ChainOf(HttpResponseHeaders headers, string? name) =>
        name is not null && headers.TryGetValues(name, out IEnumerable<string>? values)
            ? Encoding.ASCII.GetBytes(Uri.UnescapeDataString(string.Concat(values)))
            : [];

    /// <summary>Some caches send lists in hexadecimal whatever is asked.</summary>
    private static byte[] Der(byte[] body)
    {
        string text = Encoding.ASCII.GetString(body).Trim();
        return JsonFields.TryParseHex(text, text.Length / 2, out byte[] decoded) ? decoded : body;
    }

    private sealed record Part(byte[] Body, byte[] Chain);
}
