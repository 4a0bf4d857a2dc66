using System.Reflection;

namespace CocoonP2P.Train.Corpus;

/// <summary>The word lists that the corpus is made of; they are part of the program.</summary>
internal static class DataFile
{
    /// <summary>The lines of a list, without comments.</summary>
    public static string[] Lines(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"no list named {name}");
        using StreamReader reader = new(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#')];
    }

    /// <summary>The lines of a list of pairs.</summary>
    public static (string Left, string Right)[] Pairs(string name) =>
        [.. Lines(name).Select(line => line.Split('|', 2)).Select(parts => (parts[0], parts[1]))];

    /// <summary>The lines of a list of lists: a name, a colon, values.</summary>
    public static Dictionary<string, string[]> Table(string name, char separator) =>
        Lines(name)
            .Select(line => line.Split(": ", 2))
            .ToDictionary(parts => parts[0], parts => parts[1].Split(separator));
}
