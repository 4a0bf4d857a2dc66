namespace CocoonP2P.Attestation;

/// <summary>The key usage bits that have a meaning here (RFC 5280, 4.2.1.3), as they stand in the first byte.</summary>
[Flags]
internal enum KeyUses
{
    None = 0,
    DigitalSignature = 0x80,
    CertSign = 0x04,
    CrlSign = 0x02,
}
