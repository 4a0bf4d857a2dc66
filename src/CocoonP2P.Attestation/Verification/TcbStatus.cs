namespace CocoonP2P.Attestation;

/// <summary>How a platform's security versions compare with what Intel asks for. Names are Intel's.</summary>
public enum TcbStatus
{
    /// <summary>No level covers the versions.</summary>
    NotSupported,

    /// <summary>Nothing is wanting.</summary>
    UpToDate,

    /// <summary>Software must harden itself against a known weakness.</summary>
    SWHardeningNeeded,

    /// <summary>The platform's configuration may be unsafe.</summary>
    ConfigurationNeeded,

    /// <summary>Both of the two before.</summary>
    ConfigurationAndSWHardeningNeeded,

    /// <summary>An update is missing.</summary>
    OutOfDate,

    /// <summary>An update is missing, and the configuration may be unsafe.</summary>
    OutOfDateConfigurationNeeded,

    /// <summary>The platform was updated under the trust domain, which must start again to benefit.</summary>
    TDRelaunchAdvised,

    /// <summary>The same, and the configuration may be unsafe.</summary>
    TDRelaunchAdvisedConfigurationNeeded,

    /// <summary>Known to be broken.</summary>
    Revoked,
}
