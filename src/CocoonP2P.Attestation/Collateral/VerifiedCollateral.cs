using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Attestation;

/// <summary>Collateral whose signatures, profiles and dates were checked once (steps S2 to S8), for many quotes.</summary>
public sealed class VerifiedCollateral
{
    internal VerifiedCollateral(CollateralParts parts, string id)
    {
        Parts = parts;
        Id = id;
    }

    /// <summary>The root that it was checked against; quotes of another root cannot be verified with it.</summary>
    public RootOfTrust Root => Parts.Root;

    /// <summary>SHA-256 of everything in the bundle, in hexadecimal.</summary>
    public string Id { get; }

    /// <summary>The latest of the starts of what it consists of.</summary>
    public DateTimeOffset ValidFrom => Parts.Windows.Max(window => window.From);

    /// <summary>The earliest of the ends, grace included.</summary>
    public DateTimeOffset ValidUntil => Parts.Windows.Min(window => window.To);

    /// <summary>The platform family, 6 bytes in hexadecimal.</summary>
    public string Fmspc => Convert.ToHexStringLower(Parts.TcbInfo.Fmspc);

    /// <summary>The lower of the two evaluation data numbers.</summary>
    public int TcbEvaluationDataNumber => (int)Math.Min(Parts.TcbInfo.EvaluationNumber, Parts.QeIdentity.EvaluationNumber);

    internal CollateralParts Parts { get; }

    /// <summary>Checks a bundle. Dates that it carries become floors only if all of it is in order.</summary>
    /// <param name="bundle">From anywhere.</param>
    /// <param name="root">The root that the quote chose.</param>
    /// <param name="rules">The policy's.</param>
    /// <param name="floors">The newest dates accepted before.</param>
    /// <param name="at">The time to judge by.</param>
    /// <param name="collateral">If the answer is true.</param>
    /// <param name="reason">The first failing step, if the answer is false.</param>
    public static bool TryVerify(
        CollateralBundle bundle,
        RootOfTrust root,
        CollateralRules rules,
        IMonotonicStore floors,
        DateTimeOffset at,
        [NotNullWhen(true)] out VerifiedCollateral? collateral,
        out Reason reason)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(floors);
        return new CollateralCheck(bundle, root, rules, floors, at).TryRun(out collateral, out reason);
    }

    /// <summary>The windows once more: collateral is verified once and used for a month.</summary>
    internal bool IsCurrent(DateTimeOffset at, out Reason reason)
    {
        foreach (ValidityWindow window in Parts.Windows)
        {
            if (!window.Contains(at, out reason))
            {
                return false;
            }
        }

        reason = default;
        return true;
    }
}
