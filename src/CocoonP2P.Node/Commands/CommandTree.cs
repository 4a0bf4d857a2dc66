using System.CommandLine;
using System.CommandLine.Help;
using CocoonP2P.Node.Commands.Help;

namespace CocoonP2P.Node.Commands;

/// <summary>Every command of `cocoon`.</summary>
internal static class CommandTree
{
    /// <summary>
    /// Failures are printed here, not by the parser. Ctrl-C and SIGTERM cancel a command, which then has the time that the
    /// service unit gives to end its jobs and children.
    /// </summary>
    public static readonly InvocationConfiguration Invocation =
        new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(120) };

    public static readonly Option<bool> Json = new("--json") { Description = "One JSON document on stdout; failures as JSON on stderr", Recursive = true };

    public static RootCommand Build()
    {
        RootCommand root = new("CocoonP2P: confidential AI between a client and an attested worker, paid on TON, with no coordinator");
        root.Options.Add(Json);
        root.Subcommands.Add(InitCommand.Build());
        root.Subcommands.Add(RunCommand.Build());
        root.Subcommands.Add(DemoCommand.Build());
        root.Subcommands.Add(AskCommand.Build());
        root.Subcommands.Add(StatusCommand.Build());
        root.Subcommands.Add(ConfigCommand.Build());
        root.Subcommands.Add(ModelsCommand.Build());
        root.Subcommands.Add(VerifyCommand.Build());
        root.Subcommands.Add(BenchCommand.Build());
        root.Subcommands.Add(PeersCommand.BuildWhyNot());
        root.Subcommands.Add(PeersCommand.Build());
        root.Subcommands.Add(ManualCommand.Build(root));
        root.Subcommands.Add(ManualCommand.BuildCompletion(root));
        root.Subcommands.Add(VersionCommand.Build());
        root.Options.OfType<HelpOption>().Single().Action = new ShowHelp();
        return root;
    }

    /// <summary>Runs a command line: one that cannot be read ends with cause, cure and 2.</summary>
    public static Task<int> RunAsync(string[] arguments)
    {
        ParseResult result = Build().Parse(arguments);
        return result.Errors.Count == 0 || result.Action is ShowHelp
            ? result.InvokeAsync(Invocation)
            : Task.FromResult(Terminal.Failure.Print(UsageErrors.Of(result), result.GetValue(Json)));
    }

    /// <summary>Runs a command's work and turns its failure into cause, cure and exit status.</summary>
    public static async Task<int> GuardAsync(bool json, Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (CocoonException failure)
        {
            return Terminal.Failure.Print(failure, json);
        }
        catch (OperationCanceledException)
        {
            return Terminal.Failure.Print(new CocoonException(ErrorCode.Interrupted, "interrupted", "nothing is left running"), json);
        }
    }
}
