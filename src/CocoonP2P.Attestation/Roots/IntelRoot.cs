namespace CocoonP2P.Attestation;

/// <summary>The root of genuine platforms, compiled in.</summary>
public sealed class IntelRoot : RootOfTrust
{
    /// <summary>How a policy names it.</summary>
    public const string PolicyName = "intel";

    /// <summary>Key of the Intel SGX Root CA, valid 2018-05-21 to 2049-12-31.</summary>
    private const string PublicKeyHex =
        "0ba9c4c0c0c86193a3fe23d6b02cda10a8bbd4e88e48b4458561a36e705525f5"
        + "67918e2edc88e40d860bd0cc4ee26aacc988e505a953558c453f6b0904ae7394";

    private IntelRoot()
        : base("Intel SGX Root CA", TeeKind.Tdx, "Intel SGX", Convert.FromHexString(PublicKeyHex))
    {
    }

    /// <summary>The only one.</summary>
    public static IntelRoot Production { get; } = new();

    internal override ReadOnlySpan<byte> Vendor => QuoteLayout.IntelVendor;
}
