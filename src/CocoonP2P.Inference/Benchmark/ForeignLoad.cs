using System.Globalization;

namespace CocoonP2P.Inference.Benchmark;

/// <summary>How much of the machine's processors others used meanwhile; a round beside others says little.</summary>
internal sealed class ForeignLoad
{
    /// <summary>Above this a round counts only if there is no quieter one.</summary>
    public const double Quiet = 0.05;

    private readonly (double Busy, double All) _machine = Machine();
    private readonly TimeSpan _own = Environment.CpuUsage.TotalTime;

    /// <summary>Since this was made, as a share of all processors; 0 where the system does not tell.</summary>
    public double Share()
    {
        (double busy, double all) = Machine();
        double ticks = all - _machine.All;
        return ticks <= 0 ? 0 : Math.Max(0, (busy - _machine.Busy - Ticks(Environment.CpuUsage.TotalTime - _own)) / ticks);
    }

    // The kernel counts hundredths of a second: user, nice, system, idle, waiting for a disk, interrupts …
    private static (double Busy, double All) Machine()
    {
        if (!File.Exists("/proc/stat"))
        {
            return (0, 0);
        }

        double[] ticks = [.. File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8)
            .Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
        double all = ticks.Sum();
        return (all - ticks[3] - ticks[4], all);
    }

    private static double Ticks(TimeSpan time) => time.TotalSeconds * 100;
}
