using System.Text;
using CocoonP2P.Configuration;

namespace CocoonP2P.Networks;

/// <summary>Finds and reads the manifest that the options name.</summary>
internal static class ManifestFile
{
    /// <exception cref="CocoonException">Configuration: absent, unreadable, or of another network.</exception>
    public static NetworkManifest Load(CocoonOptions options)
    {
        (string path, string text) = options.Node.Manifest.Length > 0 ? (options.Node.Manifest, Read(options.Node.Manifest)) : Find(options.Node.Network);
        NetworkManifest manifest = Parse(path, text);
        return manifest.Name == options.Node.Network
            ? manifest
            : throw new CocoonException(
                ErrorCode.Configuration, $"{path} describes network \"{manifest.Name}\", not \"{options.Node.Network}\"", "make node.network and node.manifest agree");
    }

    /// <exception cref="CocoonException">Configuration: the first of its problems.</exception>
    public static NetworkManifest Parse(string path, string text)
    {
        List<ConfigProblem> problems = [];
        return NetworkManifest.TryRead(path, text, problems)
            ?? throw new CocoonException(ErrorCode.Configuration, problems[0].Error, problems[0].Hint);
    }

    private static (string Path, string Text) Find(string network)
    {
        string name = network + ".toml", path = Path.Combine(AppContext.BaseDirectory, "bootstrap", name);
        if (File.Exists(path))
        {
            return (path, Read(path));
        }

        // A program that embeds a node has no folder of manifests beside it.
        using Stream? own = typeof(ManifestFile).Assembly.GetManifestResourceStream("bootstrap/" + name);
        if (own is null)
        {
            throw new CocoonException(
                ErrorCode.Configuration, $"no manifest of network \"{network}\": {path} is absent", "set node.manifest, or node.network to one of bootstrap/");
        }

        using StreamReader reader = new(own, Encoding.UTF8);
        return (name, reader.ReadToEnd());
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CocoonException(ErrorCode.Configuration, $"{path} cannot be read: {e.Message}", "set node.manifest to a network's manifest");
        }
    }
}
