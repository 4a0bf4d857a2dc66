using System.CommandLine;
using CocoonP2P.Node.Commands.Help;

namespace CocoonP2P.Node.Commands;

/// <summary>`cocoon manual` and `cocoon completion`: what packages install beside the program.</summary>
internal static class ManualCommand
{
    public static Command Build(RootCommand root)
    {
        Option<bool> markdown = new("--markdown") { Description = "docs/CLI.md instead of the man page" };
        CocoonCommand command = new("manual", "Print the man page, made from the command tree")
        {
            Group = CommandGroup.Develop,
            Success = "printed",
            Examples = ["cocoon manual | man -l -"],
        };
        command.Options.Add(markdown);
        command.SetAction(result =>
        {
            CommandPage page = CommandPage.Of(root);
            Console.Out.Write(result.GetValue(markdown) ? MarkdownPages.Write(page) : ManPage.Write(page));
            return 0;
        });
        return command;
    }

    public static Command BuildCompletion(RootCommand root)
    {
        Argument<string> shell = new("shell") { Description = "bash, zsh or fish" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        CocoonCommand command = new("completion", "Print a completion script for a shell, made from the command tree")
        {
            Group = CommandGroup.Develop,
            Success = "printed",
            Examples = ["cocoon completion bash > /etc/bash_completion.d/cocoon"],
        };
        command.Arguments.Add(shell);
        command.SetAction(result =>
        {
            CommandPage page = CommandPage.Of(root);
            Console.Out.Write(result.GetValue(shell) switch
            {
                "bash" => Completions.Bash(page),
                "zsh" => Completions.Zsh(page),
                _ => Completions.Fish(page),
            });
            return 0;
        });
        return command;
    }
}
