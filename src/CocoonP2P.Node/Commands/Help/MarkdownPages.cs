using System.Text;

namespace CocoonP2P.Node.Commands.Help;

/// <summary>docs/CLI.md.</summary>
internal static class MarkdownPages
{
    public static string Write(CommandPage root)
    {
        StringBuilder text = new();
        text.Append("# Commands\n\nMade by `cocoon manual --markdown`; a test fails when it is stale. ").Append(root.Description).Append('\n');
        text.Append("\nEvery command takes `--json` (one document on stdout, failures as JSON on stderr) and `--help`. Results go to stdout, all else to stderr.\n");
        foreach (IGrouping<CommandGroup, CommandPage> group in root.Commands.GroupBy(c => c.Group).OrderBy(g => g.Key))
        {
            text.Append("\n## ").Append(group.Key.ToString()).Append('\n');
            foreach (CommandPage page in group.SelectMany(c => c.All()).Where(p => p.Exits.Count > 0))
            {
                Page(text, page);
            }
        }

        return text.ToString();
    }

    private static void Page(StringBuilder text, CommandPage page)
    {
        text.Append("\n### `").Append(page.Path).Append("`\n\n").Append(page.Description).Append(".\n\n    ").Append(page.Usage).Append('\n');
        if (page.Arguments.Count + page.Options.Count > 0)
        {
            text.Append("\n| | |\n|---|---|\n");
            foreach ((string name, string meaning) in page.Arguments.Concat(page.Options))
            {
                text.Append("| `").Append(name).Append("` | ").Append(meaning.Replace("|", "\\|", StringComparison.Ordinal)).Append(" |\n");
            }
        }

        foreach (string example in page.Examples)
        {
            text.Append("\nExample: `").Append(example).Append("`\n");
        }

        text.Append("\nExit status: ").AppendJoin("; ", page.Exits.Select(e => $"{e.Status} {e.Text}")).Append(".\n");
    }
}
