namespace CocoonP2P.Attestation;

/// <summary>Which statuses exist where: a name that is legal for a platform need not be for a module.</summary>
internal static class TcbStatuses
{
    public static TcbStatus? Platform(string name) => name switch
    {
        "UpToDate" => TcbStatus.UpToDate,
        "SWHardeningNeeded" => TcbStatus.SWHardeningNeeded,
        "ConfigurationNeeded" => TcbStatus.ConfigurationNeeded,
        "ConfigurationAndSWHardeningNeeded" => TcbStatus.ConfigurationAndSWHardeningNeeded,
        "OutOfDate" => TcbStatus.OutOfDate,
        "OutOfDateConfigurationNeeded" => TcbStatus.OutOfDateConfigurationNeeded,
        "Revoked" => TcbStatus.Revoked,
        _ => null,
    };

    public static TcbStatus? Module(string name) => name switch
    {
        "UpToDate" => TcbStatus.UpToDate,
        "OutOfDate" => TcbStatus.OutOfDate,
        "Revoked" => TcbStatus.Revoked,
        _ => null,
    };

    public static TcbStatus? QuotingEnclave(string name) => name switch
    {
        "UpToDate" => TcbStatus.UpToDate,
        "OutOfDate" => TcbStatus.OutOfDate,
        "ConfigurationNeeded" => TcbStatus.ConfigurationNeeded,
        "OutOfDateConfigurationNeeded" => TcbStatus.OutOfDateConfigurationNeeded,
        "Revoked" => TcbStatus.Revoked,
        _ => null,
    };

    /// <summary>What a policy may name: the eight statuses that are left to it.</summary>
    public static TcbStatus? Acceptable(string name) => name switch
    {
        "TDRelaunchAdvised" => TcbStatus.TDRelaunchAdvised,
        "TDRelaunchAdvisedConfigurationNeeded" => TcbStatus.TDRelaunchAdvisedConfigurationNeeded,
        "Revoked" => null,
        _ => Platform(name),
    };
}
