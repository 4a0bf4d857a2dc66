using System.CommandLine;

namespace CocoonP2P.Node.Commands.Help;

/// <summary>A command with all that its help owes a reader; a test walks the tree and fails for one that owes something.</summary>
/// <param name="name">The verb.</param>
/// <param name="description">One line, without a full stop.</param>
internal sealed class CocoonCommand(string name, string description) : Command(name, description)
{
    /// <summary>Of a command at the top; ignored below.</summary>
    public CommandGroup Group { get; init; }

    /// <summary>Lines that a reader can copy, each beginning with "cocoon".</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>What ends it with 0, such as "answered".</summary>
    public string Success { get; init; } = "done";

    /// <summary>The failures that it can end with, beside a wrong command line.</summary>
    public IReadOnlyList<ErrorCode> Failures { get; init; } = [];

    public void AddAll(params ReadOnlySpan<Option> options)
    {
        foreach (Option option in options)
        {
            Options.Add(option);
        }
    }

    /// <returns>This command.</returns>
    public CocoonCommand AddAll(params ReadOnlySpan<Command> commands)
    {
        foreach (Command command in commands)
        {
            Subcommands.Add(command);
        }

        return this;
    }
}
