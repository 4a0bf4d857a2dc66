namespace CocoonP2P.Attestation;

/// <summary>XFAM (Intel TDX Module 1.5 ABI, 3.4.2).</summary>
internal static class XfamBits
{
    /// <summary>x87 and SSE, which every domain has.</summary>
    public const ulong Fixed = 0x3;

    /// <summary>The features that exist.</summary>
    public const ulong Known = 0x6DBE7;
}
