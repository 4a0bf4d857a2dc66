using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CocoonP2P.Node.Demo;

/// <summary>This program, started again; tests name another.</summary>
internal static partial class Self
{
    private const int Sigterm = 15;

    /// <summary>What this process runs.</summary>
    public static string Program => Environment.ProcessPath ?? throw new InvalidOperationException("a process has a path");

    public static ProcessStartInfo Command(string program, params ReadOnlySpan<string> arguments)
    {
        ProcessStartInfo start = new(program) { UseShellExecute = false };

        // Under `dotnet cocoon.dll` the process is the host, and the program its first argument.
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "cocoon.dll"));
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    /// <summary>Asks a child to end as a service manager would.</summary>
    public static void Terminate(Process process)
    {
        if (OperatingSystem.IsWindows())
        {
            process.Kill();
        }
        else
        {
            _ = Kill(process.Id, Sigterm);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);
}
