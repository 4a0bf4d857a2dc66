namespace CocoonP2P.Tests.Inference.Support;

/// <summary>A large model that lies beside the repository, in ../shared/models; tests that need it skip where it does not.</summary>
internal static class SharedModel
{
    public static string Find(string name)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.Combine(folder.FullName, "shared", "models", name);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        Assert.Skip($"shared/models/{name} is not beside the repository.");
        return "";
    }
}
