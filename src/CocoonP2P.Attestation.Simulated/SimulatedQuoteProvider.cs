namespace CocoonP2P.Attestation.Simulated;

/// <summary>Makes quotes of one trust domain; a quote costs three signatures.</summary>
internal sealed class SimulatedQuoteProvider : IQuoteProvider
{
    private readonly Lock gate = new();
    private readonly SimulatedEvidence evidence;
    private readonly string chain;

    public SimulatedQuoteProvider(SimulatedEvidence evidence)
    {
        this.evidence = evidence;
        chain = evidence.ChainPem();
    }

    public TeeKind Kind => TeeKind.Simulated;

    public ValueTask<TdxQuote> GetQuoteAsync(ReportData data, CancellationToken cancellationToken)
    {
        byte[] bytes = MakeQuote(data);
        return TdxQuote.TryParse(bytes, out TdxQuote? quote, out Reason reason)
            ? ValueTask.FromResult(quote)
            : throw new IOException($"The simulated quote does not parse, by the fault asked for: {reason}");
    }

    /// <summary>The bytes, which a fault may have made unreadable.</summary>
    internal byte[] MakeQuote(ReportData data)
    {
        lock (gate)
        {
            data.Bytes.CopyTo(evidence.Quote.Body.AsSpan(520));
            return evidence.Quote.Encode(chain);
        }
    }
}
