using System.CommandLine;
using System.Text.Json;
using CocoonP2P.Node.Commands.Help;
using CocoonP2P.Node.Terminal;

namespace CocoonP2P.Node.Commands;

/// <summary>`cocoon status`: who and how the running node is, warnings first.</summary>
internal static class StatusCommand
{
    public static Command Build()
    {
        Option<bool> check = new("--check") { Description = "One line; exit 1 where the node cannot do its work, for a container's health check" };
        Option<FileInfo?> config = ConfigFile.Option();
        CocoonCommand command = new("status", "Show who the running node is and how it does, warnings first")
        {
            Group = CommandGroup.Operate,
            Success = "shown; with --check: ready",
            Failures = [ErrorCode.Failed, ErrorCode.NoNode, ErrorCode.Configuration],
            Examples = ["cocoon status", "cocoon status --check"],
        };
        command.AddAll(check, config);
        command.SetAction((result, cancellationToken) => CommandTree.GuardAsync(result.GetValue(CommandTree.Json), async () =>
        {
            JsonElement status = await RunningNode.GetAsync(result.GetValue(config), "/status.json", cancellationToken);
            bool ready = status.GetProperty("ready").GetBoolean();
            await Console.Out.WriteLineAsync(
                result.GetValue(CommandTree.Json) ? status.GetRawText()
                : result.GetValue(check) ? StatusText.Line(status)
                : string.Join(Environment.NewLine, StatusText.Table(status)));
            return ready || !result.GetValue(check) ? 0 : ErrorCode.Failed.ExitCode();
        }));
        return command;
    }
}
