using CocoonP2P.Node.Configuration;

namespace CocoonP2P.Node.Networks;

/// <summary>Finds and reads the manifest that the options name.</summary>
internal static class ManifestFile
{
    /// <exception cref="CocoonException">Configuration: absent, unreadable, or of another network.</exception>
    public static NetworkManifest Load(CocoonOptions options)
    {
        string path = options.Node.Manifest.Length > 0
            ? options.Node.Manifest
            : Path.Combine(AppContext.BaseDirectory, "bootstrap", options.Node.Network + ".toml");
        if (!File.Exists(path))
        {
            throw new CocoonException(ErrorCode.Configuration, $"no manifest of network \"{options.Node.Network}\": {path} is absent", "set node.manifest, or node.network to one of bootstrap/");
        }

        List<ConfigProblem> problems = [];
        NetworkManifest? manifest = NetworkManifest.TryRead(path, File.ReadAllText(path), problems);
        if (manifest is null)
        {
            throw new CocoonException(ErrorCode.Configuration, problems[0].Error, problems[0].Hint);
        }

        return manifest.Name == options.Node.Network
            ? manifest
            : throw new CocoonException(
                ErrorCode.Configuration, $"{path} describes network \"{manifest.Name}\", not \"{options.Node.Network}\"", "make node.network and node.manifest agree");
    }
}
