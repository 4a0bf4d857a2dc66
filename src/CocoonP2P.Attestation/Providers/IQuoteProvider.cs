namespace CocoonP2P.Attestation;

/// <summary>Where this trust domain gets its quotes. A quote takes some 50 ms: batch.</summary>
public interface IQuoteProvider
{
    /// <summary>What it makes.</summary>
    TeeKind Kind { get; }

    /// <summary>A quote over these 64 bytes, without padding, its report data checked.</summary>
    /// <exception cref="IOException">The platform gave none.</exception>
    ValueTask<TdxQuote> GetQuoteAsync(ReportData data, CancellationToken cancellationToken);
}
