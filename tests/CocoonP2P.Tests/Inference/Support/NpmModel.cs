namespace CocoonP2P.Tests.Inference.Support;

/// <summary>A model that an npm package of tests/models brings; tests that need it skip where it is not installed, but never in CI.</summary>
internal static class NpmModel
{
    /// <summary>The package's folder dist.</summary>
    public static string Find(string package)
    {
        string folder = Repository.File($"tests/models/node_modules/{package}/dist");
        if (!Directory.Exists(folder))
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", $"{package} is not installed: npm ci --ignore-scripts in tests/models.");
            Assert.Fail($"{package} is missing.");
        }

        return folder;
    }
}
