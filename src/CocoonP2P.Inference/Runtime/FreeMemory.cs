using System.Globalization;

namespace CocoonP2P.Inference.Runtime;

/// <summary>How much memory keys and values may take where the operator does not say.</summary>
internal static class FreeMemory
{
    private const double Share = 0.6;

    /// <summary>60 % of what is free now: within the container's limit, and on the machine.</summary>
    public static long Auto()
    {
        long limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet;
        return (long)(Share * Math.Max(0, Math.Min(limit, Available())));
    }

    private static long Available()
    {
        const string Field = "MemAvailable:", Meminfo = "/proc/meminfo";
        string? line = File.Exists(Meminfo)
            ? File.ReadLines(Meminfo).FirstOrDefault(l => l.StartsWith(Field, StringComparison.Ordinal))
            : null;
        return line?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, string kilobytes, ..]
            ? long.Parse(kilobytes, CultureInfo.InvariantCulture) * 1024
            : long.MaxValue;
    }
}
