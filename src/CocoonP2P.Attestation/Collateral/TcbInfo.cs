using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace CocoonP2P.Attestation;

/// <summary>What Intel asks of a platform family: TCB Info version 3 for TDX, signature checked before.</summary>
internal sealed class TcbInfo
{
    /// <summary>Three were seen.</summary>
    private const int MaxModules = 64;

    public required byte[] Fmspc { get; init; }

    public required byte[] PceId { get; init; }

    public required uint EvaluationNumber { get; init; }

    /// <summary>The module whose major version is 0.</summary>
    public required TdxModuleIdentity Module { get; init; }

    /// <summary>Modules of other major versions, by name in upper case: TDX_01.</summary>
    public required IReadOnlyDictionary<string, TdxModuleIdentity> Modules { get; init; }

    /// <summary>Highest first.</summary>
    public required TcbLevel[] Levels { get; init; }

    public static bool TryParse(JsonElement value, [NotNullWhen(true)] out TcbInfo? info, out Reason reason)
    {
        info = null;
        reason = new Reason(ReasonCode.TcbInfoProfile, "not a TDX TCB Info of version 3, type 0");
        if (!value.TryText("id", out string? id) || id != "TDX"
            || !value.TryNumber("version", 3, out uint version) || version != 3
            || !value.TryNumber("tcbType", 0, out _)
            || !value.TryHex("fmspc", 6, out byte[] fmspc)
            || !value.TryHex("pceId", 2, out byte[] pceId)
            || !value.TryNumber("tcbEvaluationDataNumber", int.MaxValue, out uint number))
        {
            return false;
        }

        if (!value.TryObject("tdxModule", out JsonElement moduleValue)
            || !TdxModuleIdentity.TryParse(moduleValue, hasLevels: false, out TdxModuleIdentity module, out _)
            || !TryReadModules(value, out Dictionary<string, TdxModuleIdentity> modules))
        {
            reason = new Reason(ReasonCode.TcbInfoProfile, "the TDX modules are not as they should be");
            return false;
        }

        if (!TcbLevelReader.TryReadPlatform(value, out TcbLevel[] levels, out ReasonCode code))
        {
            reason = new Reason(code, "the levels are not as they should be");
            return false;
        }

        info = new TcbInfo
        {
            Fmspc = fmspc,
            PceId = pceId,
            EvaluationNumber = number,
            Module = module,
            Modules = modules,
            Levels = levels,
        };
        reason = default;
        return true;
    }

    /// <summary>The module of a major version; null if none is named.</summary>
    public TdxModuleIdentity? FindModule(byte major) =>
        major == 0 ? Module : Modules.GetValueOrDefault($"TDX_{major:X2}");

    private static bool TryReadModules(JsonElement value, out Dictionary<string, TdxModuleIdentity> modules)
    {
        modules = new Dictionary<string, TdxModuleIdentity>(StringComparer.OrdinalIgnoreCase);
        if (!value.TryGetProperty("tdxModuleIdentities", out _))
        {
            return true;
        }

        if (!value.TryList("tdxModuleIdentities", MaxModules, out JsonElement list))
        {
            return false;
        }

        foreach (JsonElement one in list.EnumerateArray())
        {
            if (!one.TryText("id", out string? id)
                || !TdxModuleIdentity.TryParse(one, hasLevels: true, out TdxModuleIdentity module, out _)
                || !modules.TryAdd(id, module))
            {
                return false;
            }
        }

        return true;
    }
}
