namespace CocoonP2P.Attestation;

/// <summary>A policy for a simulated network: it accepts evidence that protects nothing, and no real platform.</summary>
public sealed class SimulatedPolicy : AppraisalPolicy
{
    internal const string TypeName = "simulated";

    internal SimulatedPolicy(PolicyRules rules, IReadOnlyList<SimulatedRoot> roots)
        : base(rules, TypeName, [.. roots.Select(root => Convert.ToHexStringLower(root.PublicKey))]) => Roots = roots;

    /// <summary>The strict rules, for these images under one simulated root.</summary>
    /// <exception cref="ArgumentException">No image: the policy would accept nothing.</exception>
    public SimulatedPolicy(string name, SimulatedRoot root, IReadOnlyList<ReferenceValue> images)
        : this(
            new PolicyRules
            {
                Name = name,
                MinTcbEvaluationDataNumber = 0,
                ReferenceValues = images.Count > 0 ? images : throw new ArgumentException("No image.", nameof(images)),
            },
            [root])
    {
    }

    /// <summary>The simulated networks' roots.</summary>
    public override IReadOnlyList<SimulatedRoot> Roots { get; }
}
