namespace CocoonP2P.Attestation;

/// <summary>How a policy's rules are written.</summary>
internal static class PolicyNames
{
    public const string Name = "name";
    public const string Type = "type";
    public const string Roots = "roots";
    public const string TcbStatuses = "tcbStatuses";
    public const string Update = "update";
    public const string MinTcbEvaluationDataNumber = "minTcbEvaluationDataNumber";
    public const string MinTcbDate = "minTcbDate";
    public const string ResultTtl = "resultTtlSeconds";
    public const string CollateralGrace = "collateralGraceSeconds";
    public const string RejectedAdvisories = "rejectedAdvisories";
    public const string AllowedPlatforms = "allowedPlatforms";
    public const string DeniedPlatforms = "deniedPlatforms";
    public const string AllowedFmspcs = "allowedFmspcs";
    public const string MaxSessionsPerPlatform = "maxSessionsPerPlatform";
    public const string SgxTypes = "sgxTypes";
    public const string DynamicPlatform = "dynamicPlatform";
    public const string CachedKeys = "cachedKeys";
    public const string Smt = "smt";
    public const string SeptVeDisable = "septVeDisable";
    public const string TdAttributes = "tdAttributes";
    public const string XfamMask = "xfamMask";
    public const string MrServiceTds = "mrServiceTds";
    public const string MrSeams = "mrSeams";
    public const string MinTeeTcbSvn = "minTeeTcbSvn";
    public const string ReferenceValues = "referenceValues";

    public const string MrTd = "mrTd";
    public const string MrConfigId = "mrConfigId";
    public const string MrOwner = "mrOwner";
    public const string MrOwnerConfig = "mrOwnerConfig";
    public const string Events = "events";

    public const string Standard = "standard";
    public const string Early = "early";
    public const string Required = "required";
    public const string Either = "either";

    public static readonly IReadOnlySet<string> Rules = new HashSet<string>(StringComparer.Ordinal)
    {
        Name, Type, Roots, TcbStatuses, Update, MinTcbEvaluationDataNumber, MinTcbDate, ResultTtl, CollateralGrace,
        RejectedAdvisories, AllowedPlatforms, DeniedPlatforms, AllowedFmspcs, MaxSessionsPerPlatform, SgxTypes,
        DynamicPlatform, CachedKeys, Smt, SeptVeDisable, TdAttributes, XfamMask, MrServiceTds, MrSeams, MinTeeTcbSvn,
        ReferenceValues,
    };

    public static readonly IReadOnlySet<string> ReferenceFields = new HashSet<string>(StringComparer.Ordinal)
    {
        Name, MrTd, Rtmr(0), Rtmr(1), Rtmr(2), Rtmr(3), MrConfigId, MrOwner, MrOwnerConfig,
    };

    public static string Rtmr(int index) => "rtmr" + (char)('0' + index);
}
