namespace CocoonP2P.Attestation;

/// <summary>Where a quote's parts lie, in bytes from its start.</summary>
internal readonly record struct QuoteParts(
    int BodyOffset,
    int BodyEnd,
    int QeReportOffset,
    int QeAuthOffset,
    int QeAuthSize,
    int PckChainOffset,
    int PckChainSize)
{
    /// <summary>The end of the signature data, and of the canonical quote.</summary>
    public int End => PckChainOffset + PckChainSize;
}
