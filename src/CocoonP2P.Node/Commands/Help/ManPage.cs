using System.Text;

namespace CocoonP2P.Node.Commands.Help;

/// <summary>cocoon(1), in the language of man(7).</summary>
internal static class ManPage
{
    public static string Write(CommandPage root)
    {
        StringBuilder text = new();
        text.Append(".TH COCOON 1\n.SH NAME\ncocoon \\- ").Append(Escape(root.Description)).Append("\n.SH SYNOPSIS\n.B ").Append(root.Usage).Append('\n');
        text.Append(".SH COMMANDS\n");
        foreach (CommandPage page in root.Commands.SelectMany(c => c.All()).Where(p => p.Exits.Count > 0))
        {
            text.Append(".SS \"").Append(Escape(page.Path)).Append("\"\n").Append(Escape(page.Description)).Append(".\n.PP\n.B ").Append(Escape(page.Usage)).Append('\n');
            foreach ((string name, string meaning) in page.Arguments.Concat(page.Options))
            {
                Item(text, name, meaning);
            }

            foreach ((int status, string meaning) in page.Exits)
            {
                Item(text, $"exit {status}", meaning);
            }

            text.Append(".PP\n").AppendJoin("\n.br\n", page.Examples.Select(e => ".I " + Escape(e))).Append('\n');
        }

        text.Append(".SH FILES\n");
        Item(text, "/etc/cocoon/node.toml", "the service's configuration");
        Item(text, "~/.local/share/cocoon", "keys, journal, models and receipts of a node that is not a service");
        return text.ToString();
    }

    private static void Item(StringBuilder text, string name, string meaning) =>
        text.Append(".TP\n.B ").Append(Escape(name)).Append('\n').Append(Escape(meaning)).Append('\n');

    // A leading dot or quote would be a request, and a bare minus a hyphen that nobody can copy.
    private static string Escape(string text)
    {
        string escaped = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);
        return escaped.StartsWith('.') || escaped.StartsWith('\'') ? "\\&" + escaped : escaped;
    }
}
