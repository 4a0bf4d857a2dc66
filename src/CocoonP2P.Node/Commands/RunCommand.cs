using System.CommandLine;
using CocoonP2P.Node.Commands.Help;
using CocoonP2P.Node.Configuration;
using CocoonP2P.Node.Hosting;
using CocoonP2P.Node.Terminal;

namespace CocoonP2P.Node.Commands;

/// <summary>`cocoon run`: the node in the foreground.</summary>
internal static class RunCommand
{
    public static Command Build()
    {
        Option<FileInfo?> config = ConfigFile.Option();
        Option<bool> verbose = new("--verbose") { Description = "Log what matters to a developer" };
        Option<bool> withParent = new("--with-parent") { Description = "End when stdin is closed, so that no node outlives who started it" };
        CocoonCommand command = new("run", "Run the node in the foreground until Ctrl-C or SIGTERM")
        {
            Group = CommandGroup.Start,
            Success = "ended",
            Failures = [ErrorCode.Failed, ErrorCode.Configuration],
            Examples = ["cocoon run --config node.toml", "COCOON_NODE__ROLE=client cocoon run"],
        };
        command.AddAll(config, verbose, withParent);
        command.SetAction((result, cancellationToken) => CommandTree.GuardAsync(result.GetValue(CommandTree.Json), async () =>
        {
            LoadedConfig loaded = ConfigFile.Load(result.GetValue(config));
            if (loaded.Problems.Count > 0)
            {
                return Failure.Print([.. loaded.Problems.Select(p => (ErrorCode.Configuration, p.Error, p.Hint))], result.GetValue(CommandTree.Json));
            }

            using LineLoggers loggers = new(result.GetValue(verbose) ? LogLevel.Debug : LogLevel.Information, TimeProvider.System);
            using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task node = NodeProcess.RunAsync(loaded.Options, loggers, TimeProvider.System, end.Token);
            if (result.GetValue(withParent))
            {
                await Task.WhenAny(node, StdinClosedAsync());
                await end.CancelAsync();
            }

            await node;
            return 0;
        }));
        return command;
    }

    private static async Task StdinClosedAsync()
    {
        await using Stream stdin = Console.OpenStandardInput();
        await stdin.CopyToAsync(Stream.Null);
    }
}
