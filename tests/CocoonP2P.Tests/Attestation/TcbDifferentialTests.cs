using CocoonP2P.Attestation;
using CsCheck;

namespace CocoonP2P.Tests.Attestation;

/// <summary>The evaluation against a second one, written from the words of the specification and not for speed.</summary>
public sealed class TcbDifferentialTests
{
    private static readonly TcbStatus[] PlatformStatuses =
    [
        TcbStatus.UpToDate, TcbStatus.SWHardeningNeeded, TcbStatus.ConfigurationNeeded,
        TcbStatus.ConfigurationAndSWHardeningNeeded, TcbStatus.OutOfDate, TcbStatus.OutOfDateConfigurationNeeded, TcbStatus.Revoked,
    ];

    private static readonly TcbStatus[] PartStatuses = [TcbStatus.UpToDate, TcbStatus.OutOfDate, TcbStatus.Revoked];

    /// <summary>What levels ask for: seldom more than a platform has, so that a third of the samples find a level.</summary>
    private static readonly Gen<byte[]> Asked = Gen.Int[0, 29].Select(i => (byte)(i < 19 ? 0 : i < 29 ? 1 : 2)).Array[16];

    private static readonly Gen<byte[]> Had = Gen.Int[0, 19].Select(i => (byte)(i == 0 ? 0 : i == 1 ? 2 : 1)).Array[16];

    private static readonly Gen<DateTimeOffset> Dates = Gen.Int[0, 1000].Select(day => DateTimeOffset.UnixEpoch.AddDays(day));

    private static readonly Gen<TcbLevel[]> Levels =
        Gen.Select(Asked, Gen.UShort[0, 1], Asked, Gen.Int[0, PlatformStatuses.Length - 1].Select(i => PlatformStatuses[i]), Dates)
            .Select(level => new TcbLevel(level.Item1, level.Item2, level.Item3, level.Item4, level.Item5, [$"A{level.Item2}"]))
            .Array[1, 6];

    private static readonly Gen<IsvLevel[]> IsvLevels =
        Gen.Select(Gen.UShort[0, 3], Gen.Int[0, PartStatuses.Length - 1].Select(i => PartStatuses[i]), Dates)
            .Select(level => new IsvLevel(level.Item1, level.Item2, level.Item3, [$"B{level.Item1}"]))
            .Array[1, 3];

    [Fact]
    public void Two_evaluations_agree()
    {
        int found = 0;
        Gen.Select(Levels, IsvLevels, IsvLevels, Had, Gen.UShort[0, 3])
            .Sample((levels, modules, enclaves, svn, qe) =>
            {
                (SgxExtension platform, TcbInfo info, QeIdentity identity) = Build(levels, modules, enclaves);
                TcbEvaluation actual = TcbEvaluator.Evaluate(info, identity, platform, qe, svn);
                Assert.Equal(Expected(levels, modules, enclaves, platform, svn, qe), actual.Status);
                if (actual.Status != TcbStatus.NotSupported)
                {
                    Interlocked.Increment(ref found);
                }
            }, iter: 2_000);
        Assert.True(found > 100, $"{found} of 2000 samples found a level");
    }

    private static TcbStatus Expected(
        TcbLevel[] levels, IsvLevel[] modules, IsvLevel[] enclaves, SgxExtension platform, byte[] svn, ushort qe)
    {
        bool hasModule = svn[1] != 0;
        TcbLevel? level = levels
            .Where(one => Enumerable.Range(0, 16).All(i => platform.Components[i] >= one.SgxComponents[i])
                && platform.PceSvn >= one.PceSvn
                && Enumerable.Range(0, 16).All(i => (hasModule && i < 2) || svn[i] >= one.TdxComponents[i]))
            .MaxBy(one => string.Concat(one.SgxComponents) + one.PceSvn + string.Concat(one.TdxComponents), StringComparer.Ordinal);
        IsvLevel? module = modules.Where(one => one.IsvSvn <= svn[0]).MaxBy(one => one.IsvSvn);
        IsvLevel? enclave = enclaves.Where(one => one.IsvSvn <= qe).MaxBy(one => one.IsvSvn);
        if (level is null || enclave is null || (hasModule && (svn[1] != 1 || module is null)))
        {
            return TcbStatus.NotSupported;
        }

        TcbStatus status = level.Status;
        foreach (IsvLevel part in hasModule ? new[] { module!, enclave } : [enclave])
        {
            status = Lower(status, part.Status);
        }

        return status;
    }

    private static TcbStatus Lower(TcbStatus status, TcbStatus part)
    {
        if (part == TcbStatus.Revoked || status == TcbStatus.Revoked)
        {
            return TcbStatus.Revoked;
        }

        bool isConfiguration = status.ToString().Contains("Configuration", StringComparison.Ordinal);
        return part != TcbStatus.OutOfDate ? status : isConfiguration ? TcbStatus.OutOfDateConfigurationNeeded : TcbStatus.OutOfDate;
    }

    /// <summary>One platform whose components are all 1: some levels are above it, some below.</summary>
    private static (SgxExtension Platform, TcbInfo Info, QeIdentity Identity) Build(TcbLevel[] levels, IsvLevel[] modules, IsvLevel[] enclaves)
    {
        var platform = new SgxExtension();
        platform.Components.AsSpan().Fill(1);
        var module = new TdxModuleIdentity(new byte[48], new byte[8], new byte[8], Sorted(modules));
        TcbLevel[] sorted = [.. levels.OrderDescending()];
        var info = new TcbInfo
        {
            Fmspc = [],
            PceId = [],
            EvaluationNumber = 1,
            Module = module,
            Modules = new Dictionary<string, TdxModuleIdentity> { ["TDX_01"] = module },
            Levels = sorted,
        };
        return (platform, info, new QeIdentity { EvaluationNumber = 1, Levels = Sorted(enclaves) });
    }

    private static IsvLevel[] Sorted(IsvLevel[] levels) => [.. levels.OrderByDescending(one => one.IsvSvn)];
}
