using System.Security.Cryptography;

namespace CocoonP2P.Attestation;

/// <summary>What a verified quote says of its platform.</summary>
public sealed class PlatformClaims
{
    internal PlatformClaims(SgxExtension sgx)
    {
        Fmspc = Convert.ToHexStringLower(sgx.Fmspc);
        PlatformId = Convert.ToHexStringLower(SHA256.HashData(sgx.Ppid));
        SgxType = sgx.SgxType;
        DynamicPlatform = sgx.DynamicPlatform;
        CachedKeys = sgx.CachedKeys;
        SmtEnabled = sgx.SmtEnabled;
    }

    /// <summary>The platform family, 6 bytes in hexadecimal.</summary>
    public string Fmspc { get; }

    /// <summary>SHA-256 of the platform's provisioning id (PPID), in hexadecimal: the same for all its quotes.</summary>
    public string PlatformId { get; }

    /// <summary>0 standard, 1 scalable, 2 scalable with integrity.</summary>
    public int SgxType { get; }

    /// <summary>Whether packages can be added to the platform; null if it does not say.</summary>
    public bool? DynamicPlatform { get; }

    /// <summary>Whether Intel keeps the platform's root keys; null if it does not say.</summary>
    public bool? CachedKeys { get; }

    /// <summary>Whether threads share cores; null if it does not say.</summary>
    public bool? SmtEnabled { get; }
}
