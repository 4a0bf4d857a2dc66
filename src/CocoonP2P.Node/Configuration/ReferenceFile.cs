using System.Text;

namespace CocoonP2P.Node.Configuration;

/// <summary>node.toml as `init` writes it and the repository keeps it: every key, commented out, at its default.</summary>
internal static class ReferenceFile
{
    public static string Write(CocoonOptions defaults)
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

            string line = $"# {key.Key} = {key.Show(defaults)}";
            text.Append(line.PadRight(46)).Append(" # ").Append(key.Why).Append('\n');
        }

        return text.ToString();
    }
}
