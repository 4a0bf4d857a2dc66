using System.Text;

namespace CocoonP2P.Node.Commands.Help;

/// <summary>A command's help on a terminal.</summary>
internal static class TerminalPage
{
    public static string Write(CommandPage page)
    {
        StringBuilder text = new();
        text.Append(page.Path).Append(": ").AppendLine(page.Description).AppendLine();
        text.AppendLine("USAGE").Append("  ").AppendLine(page.Usage);
        if (page.Path == "cocoon")
        {
            foreach (IGrouping<CommandGroup, CommandPage> group in page.Commands.GroupBy(c => c.Group).OrderBy(g => g.Key))
            {
                Table(text, group.Key.ToString().ToUpperInvariant(), group.Select(c => (c.Path["cocoon ".Length..], c.Description)));
            }
        }
        else
        {
            Table(text, "COMMANDS", page.Commands.Select(c => (c.Path[(page.Path.Length + 1)..], c.Description)));
        }

        Table(text, "ARGUMENTS", page.Arguments);
        Table(text, "OPTIONS", page.Options);
        Table(text, "EXAMPLES", page.Examples.Select(e => (e, "")));
        Table(text, "EXIT STATUS", page.Exits.Select(e => (e.Status.ToString(System.Globalization.CultureInfo.InvariantCulture), e.Text)));
        return text.ToString();
    }

    private static void Table(StringBuilder text, string title, IEnumerable<(string Name, string Text)> rows)
    {
        List<(string Name, string Text)> all = [.. rows];
        if (all.Count == 0)
        {
            return;
        }

        text.AppendLine().AppendLine(title);
        int width = all.Max(r => r.Text.Length == 0 ? 0 : r.Name.Length);
        foreach ((string name, string meaning) in all)
        {
            text.Append("  ").AppendLine($"{name.PadRight(width)}  {meaning}".TrimEnd());
        }
    }
}
