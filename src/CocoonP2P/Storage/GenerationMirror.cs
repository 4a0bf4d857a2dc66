using System.Globalization;

namespace CocoonP2P.Storage;

/// <summary>The journal's generation, kept beside it in a file of its own: a database that was replaced by an older copy is
/// behind it.</summary>
internal sealed class GenerationMirror(string path)
{
    /// <summary>What the mirror says; null where there is none or it is unreadable.</summary>
    public ulong? Read() =>
        File.Exists(path) && ulong.TryParse(File.ReadAllText(path).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out ulong value)
            ? value
            : null;

    /// <summary>Writes aside, syncs, renames: it is the old one or the new one, never half.</summary>
    public void Write(ulong generation)
    {
        string aside = path + ".new";
        using (FileStream file = new(aside, FileMode.Create, FileAccess.Write))
        {
            file.Write(System.Text.Encoding.ASCII.GetBytes(generation.ToString(CultureInfo.InvariantCulture)));
            file.Flush(flushToDisk: true);
        }

        File.Move(aside, path, overwrite: true);
    }
}
