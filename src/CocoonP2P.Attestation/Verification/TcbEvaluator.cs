namespace CocoonP2P.Attestation;

/// <summary>Steps S15 and S16: Intel's algorithm (its library's numbering 4.1.2.5), to the letter.</summary>
internal static class TcbEvaluator
{
    /// <summary>Finds the first matching level of platform, module and quoting enclave, and puts them together.</summary>
    /// <param name="info">Levels of platform and modules, highest first.</param>
    /// <param name="identity">Levels of the quoting enclave, highest first.</param>
    /// <param name="platform">From the PCK certificate.</param>
    /// <param name="qeIsvSvn">From the quoting enclave's report.</param>
    /// <param name="svn">16 bytes; [1] is the module's major version, and if it is not 0, [0] is judged by the module.</param>
    public static TcbEvaluation Evaluate(
        TcbInfo info, QeIdentity identity, SgxExtension platform, ushort qeIsvSvn, ReadOnlySpan<byte> svn)
    {
        bool hasModule = svn[1] > 0;
        TcbLevel? level = Find(info.Levels, platform, svn, hasModule ? 2 : 0);
        IsvLevel? module = hasModule ? Find(info.FindModule(svn[1])?.Levels, svn[0]) : null;
        IsvLevel? qe = Find(identity.Levels, qeIsvSvn);
        if (level is null || qe is null || (hasModule && module is null))
        {
            return TcbEvaluation.NotSupported;
        }

        IsvLevel[] components = module is null ? [qe] : [module, qe];
        return new TcbEvaluation(
            Converge(level.Status, components),
            level.Status,
            module?.Status,
            qe.Status,
            components.Select(one => one.Date).Append(level.Date).Min(),
            [.. components.SelectMany(one => one.Advisories).Concat(level.Advisories).Distinct().Order(StringComparer.Ordinal)]);
    }

    /// <summary>The status of a trust domain that was launched under one set of versions and runs under another.</summary>
    public static TcbStatus Relaunch(TcbStatus launch, TcbStatus current)
    {
        bool wasOld = launch is TcbStatus.OutOfDate or TcbStatus.OutOfDateConfigurationNeeded;
        bool isFine = current is TcbStatus.UpToDate or TcbStatus.SWHardeningNeeded
            or TcbStatus.ConfigurationNeeded or TcbStatus.ConfigurationAndSWHardeningNeeded;
        if (!wasOld || !isFine)
        {
            return launch;
        }

        bool configuration = launch == TcbStatus.OutOfDateConfigurationNeeded
            || current is TcbStatus.ConfigurationNeeded or TcbStatus.ConfigurationAndSWHardeningNeeded;
        return configuration ? TcbStatus.TDRelaunchAdvisedConfigurationNeeded : TcbStatus.TDRelaunchAdvised;
    }

    internal static TcbStatus Converge(TcbStatus platform, IReadOnlyList<IsvLevel> components)
    {
        if (components.Any(one => one.Status == TcbStatus.Revoked))
        {
            return TcbStatus.Revoked;
        }

        bool anyOld = components.Any(one => one.Status == TcbStatus.OutOfDate);
        return (anyOld, platform) switch
        {
            (true, TcbStatus.UpToDate or TcbStatus.SWHardeningNeeded) => TcbStatus.OutOfDate,
            (true, TcbStatus.ConfigurationNeeded or TcbStatus.ConfigurationAndSWHardeningNeeded) =>
                TcbStatus.OutOfDateConfigurationNeeded,
            _ => platform,
        };
    }

    private static TcbLevel? Find(TcbLevel[] levels, SgxExtension platform, ReadOnlySpan<byte> svn, int start)
    {
        foreach (TcbLevel level in levels)
        {
            if (platform.PceSvn >= level.PceSvn
                && Covers(platform.Components, level.SgxComponents)
                && Covers(svn[start..], level.TdxComponents.AsSpan(start)))
            {
                return level;
            }
        }

        return null;
    }

    private static IsvLevel? Find(IsvLevel[]? levels, ushort isvSvn) =>
        levels is null ? null : Array.Find(levels, level => level.IsvSvn <= isvSvn);

    private static bool Covers(ReadOnlySpan<byte> actual, ReadOnlySpan<byte> required)
    {
        for (int i = 0; i < required.Length; i++)
        {
            if (actual[i] < required[i])
            {
                return false;
            }
        }

        return true;
    }
}
