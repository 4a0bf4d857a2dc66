namespace CocoonP2P.Attestation;

/// <summary>The parts of an X.509 certificate that a rule of this library looks at. Nothing in it is verified.</summary>
internal sealed class Certificate
{
    /// <summary>The whole certificate; two are the same if these bytes are.</summary>
    public required byte[] Der { get; init; }

    /// <summary>SHA-256 of what the issuer signed.</summary>
    public required byte[] SignedHash { get; init; }

    /// <summary>r and s; empty if the algorithm is not ours.</summary>
    public required byte[] Signature { get; init; }

    /// <summary>The encoded name of the issuer.</summary>
    public required byte[] Issuer { get; init; }

    /// <summary>The encoded name of the subject.</summary>
    public required byte[] Subject { get; init; }

    /// <summary>The subject's only common name; empty if there is none or more than one.</summary>
    public required string CommonName { get; init; }

    /// <summary>The content of the serial number.</summary>
    public required byte[] Serial { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>x and y; empty if the key is not a P-256 point.</summary>
    public required byte[] PublicKey { get; init; }

    public required CertificateExtensions Extensions { get; init; }

    /// <summary>ECDSA P-256 key, signed with ECDSA and SHA-256.</summary>
    public bool IsP256 => Signature.Length > 0 && PublicKey.Length > 0;

    public bool IsIssuedBy(Certificate other) => Issuer.AsSpan().SequenceEqual(other.Subject);
}
