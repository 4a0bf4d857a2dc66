namespace CocoonP2P.Attestation;

/// <summary>Steps S14 and S15: the collateral is of this platform and module, and a level covers them.</summary>
internal static class PlatformRules
{
    public static Reason Check(
        TdReportBody body, SgxExtension platform, VerifiedCollateral collateral, out TcbEvaluation? launch, ushort qeIsvSvn)
    {
        launch = null;
        TcbInfo info = collateral.Parts.TcbInfo;
        if (!platform.Fmspc.AsSpan().SequenceEqual(info.Fmspc))
        {
            return new Reason(ReasonCode.FmspcMismatch, Convert.ToHexStringLower(platform.Fmspc));
        }

        if (!platform.PceId.AsSpan().SequenceEqual(info.PceId))
        {
            return new Reason(ReasonCode.PceIdMismatch, Convert.ToHexStringLower(platform.PceId));
        }

        byte major = body.TeeTcbSvn[1];
        if (info.FindModule(major) is not { } module)
        {
            return new Reason(ReasonCode.TdxModuleMismatch, $"no module of major version {major} is named");
        }

        if (!module.Matches(body))
        {
            return new Reason(ReasonCode.TdxModuleMismatch, "signer or attributes");
        }

        launch = Evaluate(platform, collateral, qeIsvSvn, body.TeeTcbSvn);
        return launch.Status switch
        {
            TcbStatus.NotSupported => new Reason(ReasonCode.TcbNotSupported, "no level covers this platform"),
            TcbStatus.Revoked => new Reason(ReasonCode.TcbRevoked, "by the versions at launch"),
            _ => default,
        };
    }

    public static TcbEvaluation Evaluate(SgxExtension platform, VerifiedCollateral collateral, ushort qeIsvSvn, ReadOnlySpan<byte> svn) =>
        TcbEvaluator.Evaluate(collateral.Parts.TcbInfo, collateral.Parts.QeIdentity, platform, qeIsvSvn, svn);
}
