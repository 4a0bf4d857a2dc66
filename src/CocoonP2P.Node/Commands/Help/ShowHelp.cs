using System.CommandLine;
using System.CommandLine.Invocation;

namespace CocoonP2P.Node.Commands.Help;

/// <summary>What --help prints.</summary>
internal sealed class ShowHelp : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        Console.Out.Write(TerminalPage.Write(CommandPage.Of(parseResult.CommandResult.Command, Parents(parseResult.CommandResult))));
        return 0;
    }

    /// <summary>Path of the commands above one.</summary>
    public static string Parents(System.CommandLine.Parsing.CommandResult result)
    {
        List<string> names = [];
        for (System.CommandLine.Parsing.SymbolResult? above = result.Parent; above is System.CommandLine.Parsing.CommandResult parent; above = parent.Parent)
        {
            names.Insert(0, parent.Command is RootCommand ? "cocoon" : parent.Command.Name);
        }

        return string.Join(' ', names);
    }
}
