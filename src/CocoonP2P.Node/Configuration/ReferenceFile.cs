using System.Text;

namespace CocoonP2P.Node.Configuration;

/// <summary>node.toml as `init` writes it and the repository keeps it: every key, commented out, at its default.</summary>
internal static class ReferenceFile
{
    public static string Write(CocoonOptions defaults) => Write(defaults, []);

    /// <param name="options">Whose values are shown.</param>
    /// <param name="asked">Names of the keys that somebody asked for: they stand without the comment mark.</param>
    public static string Write(CocoonOptions options, IReadOnlyCollection<string> asked)
    {
        StringBuilder text = new("# node.toml: every key of CocoonP2P, at its default. Uncomment to change. `cocoon config check` reads this file.\n");
        string section = "";
        foreach (ConfigKey key in ConfigKeys.All)
        {
            if (key.Section != section)
            {
                section = key.Section;
                text.Append('[').Append(section).Append("]\n");
            }

            string line = $"{(asked.Contains(key.Name) ? "" : "# ")}{key.Key} = {key.Show(options)}";
            text.Append(line.PadRight(46)).Append(" # ").Append(key.Why).Append('\n');
        }

        return text.ToString();
    }
}
