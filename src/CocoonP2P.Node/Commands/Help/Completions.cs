using System.Text;

namespace CocoonP2P.Node.Commands.Help;

/// <summary>Completion scripts, made from the command tree: words of a command are its options and the commands below it.</summary>
internal static class Completions
{
    /// <summary>A function for bash: source it, or put it into /usr/share/bash-completion/completions.</summary>
    public static string Bash(CommandPage root)
    {
        StringBuilder text = new("_cocoon() {\n  local path=cocoon word words\n  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n    case \"$path $word\" in\n");
        foreach (CommandPage page in root.All().Skip(1))
        {
            text.Append("      \"").Append(page.Path).Append("\") path=\"").Append(page.Path).Append("\" ;;\n");
        }

        text.Append("    esac\n  done\n  case \"$path\" in\n");
        foreach (CommandPage page in root.All())
        {
            text.Append("    \"").Append(page.Path).Append("\") words=\"").AppendJoin(' ', Words(page).Select(w => w.Word)).Append("\" ;;\n");
        }

        return text.Append("  esac\n  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\")\n}\ncomplete -o default -F _cocoon cocoon\n").ToString();
    }

    /// <summary>The bash function under zsh's own adapter, which has all that it uses.</summary>
    public static string Zsh(CommandPage root) =>
        "#compdef cocoon\nautoload -U +X bashcompinit && bashcompinit\n"
        + Bash(root).Replace("mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\")",
            "COMPREPLY=( $(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\") )", StringComparison.Ordinal);

    /// <summary>One line a word for fish.</summary>
    public static string Fish(CommandPage root)
    {
        StringBuilder text = new("complete -c cocoon -f\n");
        foreach (CommandPage page in root.All())
        {
            string[] path = page.Path.Split(' ')[1..];
            IEnumerable<string> seen = path.Select(p => $"__fish_seen_subcommand_from {p}");
            IEnumerable<string> unseen = page.Commands.Count > 0 ? [$"not __fish_seen_subcommand_from {string.Join(' ', page.Commands.Select(c => Last(c)))}"] : [];
            string condition = string.Join("; and ", seen.Concat(unseen).DefaultIfEmpty("true"));
            foreach ((string word, string meaning) in Words(page))
            {
                text.Append("complete -c cocoon -n '").Append(condition).Append("' ").Append(word.StartsWith("--", StringComparison.Ordinal) ? $"-l {word[2..]}" : $"-a {word}")
                    .Append(" -d '").Append(meaning.Replace("'", "\\'", StringComparison.Ordinal)).Append("'\n");
            }
        }

        return text.ToString();
    }

    private static IEnumerable<(string Word, string Meaning)> Words(CommandPage page) =>
    [
        .. page.Commands.Select(c => (Last(c), c.Description)),
        .. page.Options.Select(o => (o.Name.Split(' ')[0], o.Text)),
        ("--help", "Show help"),
    ];

    private static string Last(CommandPage page) => page.Path[(page.Path.LastIndexOf(' ') + 1)..];
}
