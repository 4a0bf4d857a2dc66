using System.CommandLine;
using System.CommandLine.Help;

namespace CocoonP2P.Node.Commands.Help;

/// <summary>What is said of one command, on the terminal, in docs/CLI.md and in the man page alike.</summary>
/// <param name="Path">Such as "cocoon models add".</param>
/// <param name="Description">One line.</param>
/// <param name="Group">Of a command at the top.</param>
/// <param name="Usage">With every option and argument.</param>
/// <param name="Arguments">Name and meaning.</param>
/// <param name="Options">Name and meaning.</param>
/// <param name="Examples">Lines to copy.</param>
/// <param name="Exits">Status and meaning, lowest first; empty for a command that only holds others.</param>
/// <param name="Commands">Those below it.</param>
internal sealed record CommandPage(
    string Path,
    string Description,
    CommandGroup Group,
    string Usage,
    IReadOnlyList<(string Name, string Text)> Arguments,
    IReadOnlyList<(string Name, string Text)> Options,
    IReadOnlyList<string> Examples,
    IReadOnlyList<(int Status, string Text)> Exits,
    IReadOnlyList<CommandPage> Commands)
{
    /// <summary>The page of a command and of all below it.</summary>
    /// <param name="command">Of the tree.</param>
    /// <param name="parent">Path of the commands above; "" at the root.</param>
    public static CommandPage Of(Command command, string parent = "")
    {
        // The root's own name is the file that runs, which a test or a symbolic link may call otherwise.
        string path = command is RootCommand ? "cocoon" : $"{parent} {command.Name}";
        CocoonCommand? told = command as CocoonCommand;
        List<Option> options = [.. command.Options.Where(o => !o.Hidden && o is not HelpOption and not VersionOption)];
        return new CommandPage(
            path,
            command.Description ?? "",
            told?.Group ?? CommandGroup.Start,
            UsageOf(path, command, options),
            [.. command.Arguments.Select(a => (a.Name.ToUpperInvariant(), a.Description ?? ""))],
            [.. options.Select(o => (Name(o), o.Description ?? ""))],
            told?.Examples ?? [],
            command.Action is null ? [] : ExitsOf(told),
            [.. command.Subcommands.Where(c => !c.Hidden).Select(c => Of(c, path))]);
    }

    /// <summary>This page and all below, parents first.</summary>
    public IEnumerable<CommandPage> All() => [this, .. Commands.SelectMany(c => c.All())];

    private static string UsageOf(string path, Command command, List<Option> options)
    {
        IEnumerable<string> arguments = command.Arguments.Select(a =>
            a.Arity.MinimumNumberOfValues == 0 ? $"[{a.Name.ToUpperInvariant()}]" : a.Name.ToUpperInvariant());
        IEnumerable<string> words = command.Subcommands.Count > 0 ? ["COMMAND"] : arguments.Concat(options.Select(o => o.Required ? Name(o) : $"[{Name(o)}]"));
        return string.Join(' ', [path, .. words]);
    }

    private static string Name(Option option) =>
        option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool) ? option.Name : $"{option.Name} {option.HelpName ?? "VALUE"}";

    private static List<(int Status, string Text)> ExitsOf(CocoonCommand? command) =>
    [
        (0, command?.Success ?? "done"),
        .. (command?.Failures ?? []).Append(ErrorCode.Usage).Distinct().GroupBy(code => code.ExitCode())
            .OrderBy(g => g.Key).Select(g => (g.Key, string.Join(", ", g.Select(code => code.Name())))),
    ];
}
