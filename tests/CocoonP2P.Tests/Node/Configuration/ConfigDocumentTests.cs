using CocoonP2P.Node.Configuration;

namespace CocoonP2P.Tests.Node.Configuration;

public sealed class ConfigDocumentTests
{
    [Fact]
    public void The_document_has_a_row_for_every_key_and_no_other()
    {
        CocoonOptions defaults = new();
        string[] rows = [.. ConfigKeys.All.Select(k => $"| `{k.Name}` | `{k.Show(defaults)}` | {k.Why.Replace("|", "\\|", StringComparison.Ordinal)} |")];
        string[] written = [.. File.ReadAllLines(Repository.File("docs/CONFIG.md")).Where(l => l.StartsWith("| `", StringComparison.Ordinal))];
        Assert.True(rows.SequenceEqual(written), $"docs/CONFIG.md is stale; its rows are:\n{string.Join('\n', rows)}");
    }
}
