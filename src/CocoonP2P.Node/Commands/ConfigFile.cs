using System.CommandLine;
using CocoonP2P.Node.Configuration;

namespace CocoonP2P.Node.Commands;

/// <summary>The configuration of a command: the file that was named, else defaults, then the environment.</summary>
internal static class ConfigFile
{
    /// <summary>--config, as every command has it.</summary>
    public static Option<FileInfo?> Option() => new("--config") { HelpName = "FILE", Description = "node.toml; without it, defaults and the environment" };

    /// <exception cref="CocoonException">Configuration: the named file is absent.</exception>
    public static LoadedConfig Load(FileInfo? file)
    {
        if (file is { Exists: false })
        {
            throw new CocoonException(ErrorCode.Configuration, $"{file.FullName} is absent", "name a file that exists; node.toml at the root of the repository is the reference");
        }

        return ConfigLoader.Load(file?.Name ?? "node.toml", file is null ? null : File.ReadAllText(file.FullName), Environment.GetEnvironmentVariable);
    }
}
