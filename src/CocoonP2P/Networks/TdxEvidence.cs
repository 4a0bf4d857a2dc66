using CocoonP2P.Attestation;
using CocoonP2P.Hosting;
using CocoonP2P.Sessions;

namespace CocoonP2P.Networks;

/// <summary>A worker's evidence on a TDX machine, from the kernel.</summary>
internal static class TdxEvidence
{
    /// <summary>Asks for one quote, which says what this domain measures.</summary>
    /// <exception cref="CocoonException">Configuration: this machine gives no quote.</exception>
    public static async Task<NodeEvidence> OpenAsync(IQuoteProvider provider, CancellationToken cancellationToken)
    {
        try
        {
            TdxQuote quote = await provider.GetQuoteAsync(new ReportData(new byte[64]), cancellationToken);
            TdReportBody body = quote.Body;
            return new NodeEvidence(provider, PolicyAppraiser.MeasurementOf(body.MrTd, [.. Enumerable.Range(0, 4).Select(i => body.Rtmr(i).ToArray())]));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CocoonException(
                ErrorCode.Configuration, $"this machine gives no TDX quote: {e.Message}",
                $"a worker runs in a TDX guest of Linux 6.7 or later that may write {ConfigFsTsmQuoteProvider.DefaultFolder}");
        }
    }
}
