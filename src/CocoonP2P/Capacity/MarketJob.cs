using CocoonP2P.Protocol;

namespace CocoonP2P.Capacity;

/// <summary>What the market must know of a job to place it.</summary>
/// <param name="ModelId">SHA-256 of the canonical manifest, 32 bytes.</param>
/// <param name="PromptTokens">As counted here.</param>
/// <param name="MaxTokens">Most that may be generated.</param>
/// <param name="MaxCost">Most that may be locked for it.</param>
/// <param name="Deadline">What is left of its time.</param>
/// <param name="TeeKinds">Kinds of evidence that the policy can accept.</param>
internal sealed record MarketJob(
    ReadOnlyMemory<byte> ModelId, int PromptTokens, int MaxTokens, NanoTon MaxCost, TimeSpan Deadline, ushort[] TeeKinds);
