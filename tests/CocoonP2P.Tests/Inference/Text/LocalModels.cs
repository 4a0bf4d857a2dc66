namespace CocoonP2P.Tests.Inference.Text;

/// <summary>Models too large for the repository, which some machines have beside it.</summary>
internal static class LocalModels
{
    /// <summary>A file of a model in ../shared/models; skips the test where it is absent.</summary>
    public static string Path(string model, string file)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = System.IO.Path.Combine(folder.FullName, "shared", "models", model, file);
            if (File.Exists(path))
            {
                return path;
            }
        }

        Assert.Skip($"shared/models/{model} is not beside the repository");
        return "";
    }

    /// <summary>A file of a model of the repository.</summary>
    public static string OwnPath(string model, string file)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = System.IO.Path.Combine(folder.FullName, "models", model, file);
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new FileNotFoundException($"models/{model}/{file}");
    }
}
