using System.Reflection;
using System.Security.Cryptography;
using CocoonP2P.Attestation;
using CocoonP2P.Inference;
using CocoonP2P.Sessions;
using CocoonP2P.Ton;

namespace CocoonP2P.Hosting;

/// <summary>What a node quotes in a handshake: report data from the platform, claims from what is loaded.</summary>
internal sealed class WorkerEvidence(
    NodeEvidence evidence, IInferenceBackend? backend, Address payout, Bits256 workerKey, Bits256 receiptKey, string configuration)
    : IEvidenceSource
{
    public ushort TeeKind => evidence.Provider.Kind == Attestation.TeeKind.Simulated ? TeeKinds.Simulated : TeeKinds.Tdx;

    public byte[] Claims => new RuntimeClaims
    {
        Software = "cocoon " + (Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0"),
        Models = [.. (backend?.Models ?? []).Select(m => m.Id.ToArray())],
        ConfigurationHash = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(configuration)),
        ExecutionProvider = backend?.Info.Device ?? "none",
        ProviderDigest = backend?.Info.ProviderDigest.ToArray() ?? new byte[32],

        // Zeros promise nothing: equal classes mean equal bits only where the self-test of every model held.
        DeterminismClass = backend is not null && backend.Models.All(m => m.Deterministic) ? backend.Info.DeterminismClass.ToArray() : new byte[32],
        EventLogHash = new byte[48],
        GpuEpoch = 0,
        GpuEpochNonce = new byte[32],
        PayoutAddress = payout.ToRawString(),
        WorkerKey = workerKey.ToArray(),
        ReceiptKey = receiptKey.ToArray(),
    }.Encode();

    public async ValueTask<byte[]> QuoteAsync(byte[] reportData, CancellationToken cancellationToken)
    {
        TdxQuote quote = await evidence.Provider.GetQuoteAsync(new ReportData(reportData), cancellationToken);
        return quote.CanonicalBytes.ToArray();
    }
}
