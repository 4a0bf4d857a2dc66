using System.Text.Json;

namespace CocoonP2P.Attestation;

/// <summary>Reads tables of security versions, and puts them in the order in which they are tried.</summary>
internal static class TcbLevelReader
{
    /// <summary>Genuine tables have up to a dozen levels.</summary>
    private const int MaxLevels = 256;

    private const int MaxAdvisories = 256;

    private const int ComponentCount = 16;

    /// <summary>Platform levels, highest first. A malformed, repeated or empty table is of the wrong profile.</summary>
    public static bool TryReadPlatform(JsonElement parent, out TcbLevel[] levels, out ReasonCode code)
    {
        levels = [];
        code = ReasonCode.TcbInfoProfile;
        if (!parent.TryList("tcbLevels", MaxLevels, out JsonElement list) || list.GetArrayLength() == 0)
        {
            return false;
        }

        var read = new List<TcbLevel>();
        foreach (JsonElement one in list.EnumerateArray())
        {
            if (!one.TryObject("tcb", out JsonElement tcb)
                || !TryReadComponents(tcb, "sgxtcbcomponents", out byte[] sgx)
                || !TryReadComponents(tcb, "tdxtcbcomponents", out byte[] tdx)
                || !tcb.TryNumber("pcesvn", ushort.MaxValue, out uint pceSvn)
                || !TryReadVerdict(one, out string status, out DateTimeOffset date, out string[] advisories))
            {
                return false;
            }

            if (TcbStatuses.Platform(status) is not { } known)
            {
                code = ReasonCode.TcbStatusUnrecognized;
                return false;
            }

            read.Add(new TcbLevel(sgx, (ushort)pceSvn, tdx, known, date, advisories));
        }

        read.Sort((a, b) => b.CompareTo(a));
        levels = [.. read];
        return !read.Zip(read.Skip(1), (a, b) => a.CompareTo(b) == 0).Any(equal => equal);
    }

    /// <summary>Levels of a module or an enclave, highest first.</summary>
    /// <param name="parent">The object that holds the table.</param>
    /// <param name="known">The statuses that exist there.</param>
    /// <param name="refuseUnknown">True: an unknown status refuses the table. False: a level of that status never matches.</param>
    /// <param name="levels">The levels that can match.</param>
    /// <param name="code">Why not.</param>
    public static bool TryReadIsv(
        JsonElement parent, Func<string, TcbStatus?> known, bool refuseUnknown, out IsvLevel[] levels, out ReasonCode code)
    {
        levels = [];
        code = ReasonCode.TcbInfoProfile;
        if (!parent.TryList("tcbLevels", MaxLevels, out JsonElement list) || list.GetArrayLength() == 0)
        {
            return false;
        }

        var read = new SortedList<int, IsvLevel>();
        foreach (JsonElement one in list.EnumerateArray())
        {
            if (!one.TryObject("tcb", out JsonElement tcb)
                || !tcb.TryNumber("isvsvn", ushort.MaxValue, out uint isvSvn)
                || !TryReadVerdict(one, out string status, out DateTimeOffset date, out string[] advisories)
                || read.ContainsKey(-(int)isvSvn))
            {
                return false;
            }

            if (known(status) is { } value)
            {
                read.Add(-(int)isvSvn, new IsvLevel((ushort)isvSvn, value, date, advisories));
            }
            else if (refuseUnknown)
            {
                code = ReasonCode.TcbStatusUnrecognized;
                return false;
            }
        }

        levels = [.. read.Values];
        return true;
    }

    private static bool TryReadComponents(JsonElement tcb, string name, out byte[] components)
    {
        components = new byte[ComponentCount];
        if (!tcb.TryList(name, ComponentCount, out JsonElement list) || list.GetArrayLength() != ComponentCount)
        {
            return false;
        }

        int index = 0;
        foreach (JsonElement one in list.EnumerateArray())
        {
            if (!one.TryNumber("svn", byte.MaxValue, out uint svn))
            {
                return false;
            }

            components[index++] = (byte)svn;
        }

        return true;
    }

    private static bool TryReadVerdict(JsonElement level, out string status, out DateTimeOffset date, out string[] advisories)
    {
        advisories = [];
        status = level.TryText("tcbStatus", out string? text) ? text : "";
        return level.TryTime("tcbDate", out date) && status.Length > 0 && TryReadAdvisories(level, out advisories);
    }

    private static bool TryReadAdvisories(JsonElement level, out string[] advisories)
    {
        advisories = [];
        if (!level.TryGetProperty("advisoryIDs", out _))
        {
            return true;
        }

        if (!level.TryList("advisoryIDs", MaxAdvisories, out JsonElement list))
        {
            return false;
        }

        advisories = new string[list.GetArrayLength()];
        int index = 0;
        foreach (JsonElement one in list.EnumerateArray())
        {
            if (one.ValueKind != JsonValueKind.String || one.ValueEquals(""))
            {
                return false;
            }

            advisories[index++] = one.GetRawText()[1..^1];
        }

        return true;
    }
}
