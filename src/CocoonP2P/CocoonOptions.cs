using CocoonP2P.Options;

namespace CocoonP2P;

/// <summary>Everything that can be set about a node: node.toml, section by section. Immutable; <c>with</c> makes a changed copy.</summary>
public sealed record CocoonOptions
{
    /// <summary>[node]</summary>
    public NodeOptions Node { get; init; } = new();

    /// <summary>[network]</summary>
    public NetworkOptions Network { get; init; } = new();

    /// <summary>[chain]</summary>
    public ChainOptions Chain { get; init; } = new();

    /// <summary>[attestation]</summary>
    public AttestationOptions Attestation { get; init; } = new();

    /// <summary>[inference]</summary>
    public InferenceOptions Inference { get; init; } = new();

    /// <summary>[payment]</summary>
    public PaymentOptions Payment { get; init; } = new();

    /// <summary>[api]</summary>
    public ApiOptions Api { get; init; } = new();

    /// <summary>Everything wrong at once, each problem with its key and its cure.</summary>
    internal IEnumerable<OptionProblem> Problems() =>
        [.. Network.Problems(), .. Inference.Problems(), .. Payment.Problems(), .. Attestation.Problems(Node.Network)];
}

/// <summary>A setting that cannot be.</summary>
/// <param name="Key">As in node.toml, such as "network.max_peers".</param>
/// <param name="Text">What is wrong.</param>
/// <param name="Cure">What to write instead.</param>
internal sealed record OptionProblem(string Key, string Text, string Cure);
