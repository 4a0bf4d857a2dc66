using System.Diagnostics;
using CocoonP2P.Node.Demo;
using CocoonP2P.Ton.LocalChain;

namespace CocoonP2P.EndToEnd;

/// <summary>The built program, run as its users run it.</summary>
internal static class Cocoon
{
    /// <summary>The apphost of the same configuration as these tests.</summary>
    public static string Program { get; } = Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory, "..", "..", "CocoonP2P.Node", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)),
        OperatingSystem.IsWindows() ? "cocoon.exe" : "cocoon"));

    public static string TinyModel => Path.Combine(Path.GetDirectoryName(Program)!, "models", "cocoon-tiny");

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Without the TVM a desk skips, and CI fails.</summary>
    public static void RequireChain()
    {
        if (!LocalTon.IsAvailable(new LocalTonOptions(), out string? reason))
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", reason);
            Assert.Skip(reason);
        }
    }

    /// <summary>A copy of the tiny model, to be spoilt.</summary>
    public static string CopyModel(string root)
    {
        string folder = Directory.CreateDirectory(Path.Combine(root, "model")).FullName;
        foreach (string file in Directory.GetFiles(TinyModel))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        return folder;
    }

    /// <summary>Runs a command to its end; stdin is empty.</summary>
    public static Task<Ended> RunAsync(params string[] arguments) => RunWithInputAsync("", arguments);

    /// <summary>Runs a command to its end.</summary>
    public static async Task<Ended> RunWithInputAsync(string input, params string[] arguments)
    {
        ProcessStartInfo start = Self.Command(Program, arguments);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.RedirectStandardInput = true;
        using Process process = Process.Start(start)!;
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(Cancelled);
            Task<string> error = process.StandardError.ReadToEndAsync(Cancelled);
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync(Cancelled);
            return new Ended(process.Id, process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}

/// <summary>How a command ended and what it said.</summary>
internal sealed record Ended(int ProcessId, int Exit, string Output, string Error);
