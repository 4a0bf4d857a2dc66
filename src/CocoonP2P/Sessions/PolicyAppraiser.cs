using System.Security.Cryptography;
using System.Text;
using CocoonP2P.Attestation;

namespace CocoonP2P.Sessions;

/// <summary>Appraises evidence by this node's policy, and turns the leaf's result into the verdict that people see.</summary>
internal sealed class PolicyAppraiser(EvidenceAppraiser appraiser, TimeProvider time) : IEvidenceAppraiser
{
    /// <summary>Evidence may be this old when a session opens, whatever the peer wishes.</summary>
    private static readonly TimeSpan OldestEvidence = TimeSpan.FromMinutes(10);

    public ushort[] AcceptedTeeKinds { get; } =
        [.. appraiser.Policy.Roots.Select(root => root.Kind == TeeKind.Simulated ? TeeKinds.Simulated : TeeKinds.Tdx).Distinct()];

    public byte[] PolicyHash { get; } = Convert.FromHexString(appraiser.Policy.Hash);

    public async ValueTask<Verdict> AppraiseAsync(PeerEvidence evidence, CancellationToken cancellationToken)
    {
        DateTimeOffset asked = time.GetUtcNow();
        AttestationResult result = await appraiser.AppraiseAsync(
            evidence.Quote, new ReportData(evidence.ReportData), evidence.EventLog, cancellationToken);
        DateTimeOffset until = Min(result.ValidUntil, asked + Min(evidence.TimeToLive, OldestEvidence));
        return ToVerdict(result, until);
    }

    /// <summary>SHA-256 over MRTD and RTMR0 to 3: the one name of what a quote measured.</summary>
    public static byte[] MeasurementOf(ReadOnlySpan<byte> mrTd, IEnumerable<byte[]> rtmrs)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(mrTd);
        foreach (byte[] rtmr in rtmrs)
        {
            hash.AppendData(rtmr);
        }

        return hash.GetHashAndReset();
    }

    private static Verdict ToVerdict(AttestationResult result, DateTimeOffset until)
    {
        TdReportBody? body = result.Verification?.Quote.Body;
        string platform = result.Verification?.Claims?.PlatformId ?? "";
        return new Verdict
        {
            Accepted = result.Tier == Tier.Affirming,
            Simulated = result.IsSimulated,
            TcbStatus = result.Verification?.Status.ToString() ?? "Unknown",
            Reasons = [.. result.Reasons.Select(r => r.Code.ToString())],
            ValidUntil = until,
            Measurement = body is null ? new byte[32] : MeasurementOf(body.MrTd, Rtmrs(body)),
            Platform = SHA256.HashData(Encoding.ASCII.GetBytes(platform)),
        };
    }

    private static IEnumerable<byte[]> Rtmrs(TdReportBody body) => [.. Enumerable.Range(0, 4).Select(i => body.Rtmr(i).ToArray())];

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    private static DateTimeOffset Min(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;
}
