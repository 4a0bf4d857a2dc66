namespace CocoonP2P.Tests.Node.Http.Support;

/// <summary>docs/SDKS.md: what it says of a client is what the tests saw.</summary>
internal static class SdkTable
{
    public static void Holds(string client, string version, IEnumerable<string> features)
    {
        string row = $"| `{client}` | {version} | {string.Join(", ", features)} |";
        Assert.True(File.ReadAllLines(Repository.File("docs/SDKS.md")).Contains(row), $"docs/SDKS.md lacks the row\n{row}");
    }
}
