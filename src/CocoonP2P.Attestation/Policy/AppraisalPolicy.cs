using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;

namespace CocoonP2P.Attestation;

/// <summary>
/// What evidence must be to be accepted. Rules that a policy does not state take the strict value; a policy that states
/// what does not exist, contradicts itself or accepts nothing does not load.
/// </summary>
public abstract class AppraisalPolicy
{
    /// <summary>A thousand reference values take some 700 KiB.</summary>
    private const int MaxBytes = 1024 * 1024;

    private protected AppraisalPolicy(PolicyRules rules, string type, IReadOnlyList<string> rootNames)
    {
        Rules = rules;
        CanonicalJson = PolicyWriter.Write(rules, type, rootNames);
        Hash = Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Span));
    }

    /// <summary>For a person.</summary>
    public string Name => Rules.Name;

    /// <summary>SHA-256 of <see cref="CanonicalJson"/>, in hexadecimal: two policies that rule the same have the same.</summary>
    public string Hash { get; }

    /// <summary>Every rule with its value, in the form of RFC 8785. It loads again to the same policy.</summary>
    public ReadOnlyMemory<byte> CanonicalJson { get; }

    /// <summary>The roots of platforms that can be accepted.</summary>
    public abstract IReadOnlyList<RootOfTrust> Roots { get; }

    /// <summary>What to ask of collateral.</summary>
    public CollateralRules Collateral => Rules.Collateral;

    /// <summary>How many sessions one platform may have at a time; null if that is open. The caller counts.</summary>
    public int? MaxSessionsPerPlatform => Rules.MaxSessionsPerPlatform;

    internal PolicyRules Rules { get; }

    /// <summary>Reads a policy, docs/protocol/attestation.md, "Policies".</summary>
    /// <param name="json">UTF-8, at most 1 MiB.</param>
    /// <param name="policy">A <see cref="ProductionPolicy"/> or a <see cref="SimulatedPolicy"/>.</param>
    /// <param name="reason"><see cref="ReasonCode.PolicyInvalid"/>, naming the rule.</param>
    public static bool TryLoad(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out AppraisalPolicy? policy, out Reason reason)
    {
        policy = null;
        if (json.Length > MaxBytes || !StrictJson.TryParse(json, out JsonDocument? document))
        {
            reason = new Reason(ReasonCode.PolicyInvalid, "not a strict JSON object of at most 1 MiB");
            return false;
        }

        using (document)
        {
            var reader = new PolicyReader(document.RootElement);
            policy = reader.Read();
            reason = policy is null ? new Reason(ReasonCode.PolicyInvalid, reader.Problem ?? "unreadable") : default;
            return policy is not null;
        }
    }

    /// <summary>Judges a verified quote: steps S17 to S19.</summary>
    /// <param name="result">From <see cref="QuoteVerifier"/>.</param>
    /// <param name="expected">What the quote must have been made for.</param>
    /// <param name="eventLog">The event log (CCEL), for policies that ask for it; empty if there is none.</param>
    /// <exception cref="InvalidOperationException"><paramref name="expected"/> was never set.</exception>
    public AttestationResult Appraise(VerificationResult result, ReportData expected, ReadOnlyMemory<byte> eventLog = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new Appraisal(this, result).Run(expected, eventLog);
    }
}
