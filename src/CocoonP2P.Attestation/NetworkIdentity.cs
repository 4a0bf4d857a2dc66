namespace CocoonP2P.Attestation;

/// <summary>What is known of a network when trust in its evidence is decided.</summary>
/// <param name="Name">local, testnet, mainnet.</param>
/// <param name="Genesis">The public seed of a simulated network, 32 bytes; empty on any other.</param>
/// <param name="Images">The software that its manifest names, at least one.</param>
/// <param name="Clock">The node's.</param>
public sealed record NetworkIdentity(
    string Name, ReadOnlyMemory<byte> Genesis, IReadOnlyList<ReferenceValue> Images, TimeProvider Clock);
