using System.CommandLine;
using CocoonP2P.Node.Configuration;
using CocoonP2P.Node.Hosting;
using CocoonP2P.Node.Terminal;

namespace CocoonP2P.Node.Commands;

/// <summary>`cocoon run`: the node in the foreground.</summary>
internal static class RunCommand
{
    public static Command Build()
    {
        Option<FileInfo?> config = new("--config") { Description = "node.toml; without it, defaults and the environment" };
        Option<bool> verbose = new("--verbose") { Description = "Log what matters to a developer" };
        Command command = new("run", "Run the node until Ctrl-C or SIGTERM. Exit: 0 ended, 1 failed, 78 configuration.") { config, verbose };
        command.SetAction((result, cancellationToken) => CommandTree.GuardAsync(result.GetValue(CommandTree.Json), async () =>
        {
            LoadedConfig loaded = ConfigFile.Load(result.GetValue(config));
            if (loaded.Problems.Count > 0)
            {
                return Failure.Print([.. loaded.Problems.Select(p => (ErrorCode.Configuration, p.Error, p.Hint))], result.GetValue(CommandTree.Json));
            }

            using LineLoggers loggers = new(result.GetValue(verbose) ? LogLevel.Debug : LogLevel.Information, TimeProvider.System);
            await NodeProcess.RunAsync(loaded.Options, loggers, TimeProvider.System, cancellationToken);
            return 0;
        }));
        return command;
    }
}
