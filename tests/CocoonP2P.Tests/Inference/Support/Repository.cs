namespace CocoonP2P.Tests.Inference.Support;

/// <summary>Where the repository's own files are.</summary>
internal static class Repository
{
    public static string Folder(params string[] parts)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "CocoonP2P.sln")))
            {
                return Path.Combine([folder.FullName, .. parts]);
            }
        }

        throw new DirectoryNotFoundException("The tests do not run within the repository.");
    }
}
