using System.Collections.Concurrent;

namespace CocoonP2P.Attestation;

/// <summary>
/// Keeps checked collateral of each platform family, and asks for newer once a day. While nothing newer can be had, what
/// is there serves until its end.
/// </summary>
internal sealed class CollateralShelf(ICollateralSource source, IMonotonicStore floors)
{
    /// <summary>Intel has named some forty families of platforms with TDX and SGX.</summary>
    private const int MaxFamilies = 256;

    private static readonly TimeSpan FreshFor = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<(string Root, string Fmspc), (VerifiedCollateral Collateral, DateTimeOffset Since)> kept = [];

    public async ValueTask<(VerifiedCollateral? Collateral, Reason Reason)> GetAsync(
        CollateralRequest request, CollateralRules rules, DateTimeOffset now, CancellationToken cancellationToken)
    {
        (string Root, string Fmspc) key = (request.Root.Id, request.Fmspc);
        bool isKept = kept.TryGetValue(key, out (VerifiedCollateral Collateral, DateTimeOffset Since) shelf)
            && shelf.Collateral.IsCurrent(now, out _);
        if (isKept && now >= shelf.Since && now - shelf.Since < FreshFor)
        {
            return (shelf.Collateral, default);
        }

        CollateralBundle? bundle = await source.GetAsync(request, cancellationToken);
        var reason = new Reason(ReasonCode.CollateralMissing, $"for platform family {request.Fmspc}");
        if (bundle is null || !VerifiedCollateral.TryVerify(bundle, request.Root, rules, floors, now, out VerifiedCollateral? fresh, out reason))
        {
            return isKept ? (shelf.Collateral, default) : (null, reason);
        }

        if (kept.Count >= MaxFamilies)
        {
            kept.Clear();
        }

        kept[key] = (fresh, now);
        return (fresh, default);
    }
}
