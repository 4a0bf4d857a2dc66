namespace CocoonP2P.Attestation;

/// <summary>A policy for real platforms. It has no place for a simulated root.</summary>
public sealed class ProductionPolicy : AppraisalPolicy
{
    internal const string TypeName = "production";

    internal ProductionPolicy(PolicyRules rules)
        : base(rules, TypeName, [IntelRoot.PolicyName])
    {
    }

    /// <summary>The strict rules, for these images on Intel's platforms.</summary>
    /// <param name="name">For a person.</param>
    /// <param name="minTcbEvaluationDataNumber">The oldest knowledge of Intel's that may judge a platform.</param>
    /// <param name="images">At least one.</param>
    /// <exception cref="ArgumentException">No image: the policy would accept nothing.</exception>
    public ProductionPolicy(string name, int minTcbEvaluationDataNumber, IReadOnlyList<ReferenceValue> images)
        : this(new PolicyRules
        {
            Name = name,
            MinTcbEvaluationDataNumber = minTcbEvaluationDataNumber,
            ReferenceValues = images.Count > 0 ? images : throw new ArgumentException("No image.", nameof(images)),
        })
    {
    }

    /// <summary>Intel's.</summary>
    public override IReadOnlyList<IntelRoot> Roots { get; } = [IntelRoot.Production];
}
