namespace CocoonP2P.Attestation;

/// <summary>When something signed may be used, both ends included, and what it is called to be early or late.</summary>
internal sealed record ValidityWindow(DateTimeOffset From, DateTimeOffset To, ReasonCode Early, ReasonCode Late, string What)
{
    public static ValidityWindow OfCertificate(Certificate certificate) => new(
        certificate.NotBefore,
        certificate.NotAfter,
        ReasonCode.PckCertificateNotYetValid,
        ReasonCode.PckCertificateExpired,
        certificate.CommonName);

    public bool Contains(DateTimeOffset at, out Reason reason)
    {
        reason = default;
        if (at < From)
        {
            reason = new Reason(Early, $"{What}: from {From:u}, and it is {at:u}");
        }
        else if (at > To)
        {
            reason = new Reason(Late, $"{What}: until {To:u}, and it is {at:u}");
        }

        return reason.Code == ReasonCode.None;
    }
}
