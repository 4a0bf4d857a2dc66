using System.CommandLine;
using CocoonP2P.Node.Configuration;

namespace CocoonP2P.Node.Commands.Help;

/// <summary>What is wrong with a command line, with the cure.</summary>
internal static class UsageErrors
{
    public static IReadOnlyList<(ErrorCode Code, string Message, string Hint)> Of(ParseResult result)
    {
        Command command = result.CommandResult.Command;
        string help = $"{CommandPage.Of(command, ShowHelp.Parents(result.CommandResult)).Path} --help";
        if (result.UnmatchedTokens is [string unknown, ..])
        {
            // A word that is unknown also leaves others missing: one cause is enough.
            IEnumerable<string> words = command.Subcommands.Select(c => c.Name).Concat(command.Options.Select(o => o.Name));
            return [(ErrorCode.Usage, $"'{unknown}' is unknown here", $"did you mean '{Nearest.To(unknown, words)}'? {help}")];
        }

        return [.. result.Errors.Select(e => (ErrorCode.Usage, e.Message.TrimEnd('.'), help))];
    }
}
