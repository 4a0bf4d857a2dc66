namespace CocoonP2P.Attestation;

/// <summary>
/// All that a verifier needs besides the quote, as Intel's service sends it. Whoever passed it on needs no trust: it is
/// signed, and <see cref="VerifiedCollateral"/> checks that.
/// </summary>
public sealed class CollateralBundle
{
    /// <summary>TCB Info, the JSON as it came.</summary>
    public required ReadOnlyMemory<byte> TcbInfo { get; init; }

    /// <summary>QE Identity, the JSON as it came.</summary>
    public required ReadOnlyMemory<byte> QeIdentity { get; init; }

    /// <summary>PEM: TCB Signing, root.</summary>
    public required ReadOnlyMemory<byte> TcbSigningChain { get; init; }

    /// <summary>DER.</summary>
    public required ReadOnlyMemory<byte> PckCrl { get; init; }

    /// <summary>PEM: Platform CA, root.</summary>
    public required ReadOnlyMemory<byte> PckCrlIssuerChain { get; init; }

    /// <summary>DER.</summary>
    public required ReadOnlyMemory<byte> RootCaCrl { get; init; }

    internal IEnumerable<(ReadOnlyMemory<byte> Bytes, int Limit)> Parts =>
    [
        (TcbInfo, SignedJson.MaxBytes),
        (QeIdentity, SignedJson.MaxBytes),
        (TcbSigningChain, PemChain.MaxBytes),
        (PckCrl, RevocationList.MaxBytes),
        (PckCrlIssuerChain, PemChain.MaxBytes),
        (RootCaCrl, RevocationList.MaxBytes),
    ];
}
