namespace CocoonP2P.Attestation;

/// <summary>A policy for real platforms. It has no place for a simulated root.</summary>
public sealed class ProductionPolicy : AppraisalPolicy
{
    internal const string TypeName = "production";

    internal ProductionPolicy(PolicyRules rules)
        : base(rules, TypeName, [IntelRoot.PolicyName])
    {
    }

    /// <summary>Intel's.</summary>
    public override IReadOnlyList<IntelRoot> Roots { get; } = [IntelRoot.Production];
}
