using System.CommandLine;
using CocoonP2P.Node.Commands;
using CocoonP2P.Node.Commands.Help;

namespace CocoonP2P.Tests.Node.Commands;

public sealed class CommandTreeTests
{
    public static TheoryData<string> Runnable => [.. Page().All().Where(p => p.Exits.Count > 0).Select(p => p.Path)];

    [Theory]
    [MemberData(nameof(Runnable))]
    public void Every_command_has_a_line_an_example_and_its_exit_statuses(string path)
    {
        CommandPage page = Page().All().Single(p => p.Path == path);
        Assert.NotEmpty(page.Description);
        Assert.False(page.Description.EndsWith('.'), "one line without a full stop");
        Assert.NotEmpty(page.Examples);
        Assert.All(page.Arguments.Concat(page.Options), row => Assert.NotEmpty(row.Text));
        Assert.Equal([0, 2], page.Exits.Select(e => e.Status).Where(s => s is 0 or 2));
    }

    [Theory]
    [MemberData(nameof(Runnable))]
    public void Every_example_is_a_command_line_that_parses(string path)
    {
        foreach (string example in Page().All().Single(p => p.Path == path).Examples)
        {
            // The program's own words: what the shell does before and after them is the shell's.
            string words = example[example.IndexOf("cocoon ", StringComparison.Ordinal)..].Split(" | ")[0].Split(" > ")[0];
            ParseResult result = CommandTree.Build().Parse(words["cocoon ".Length..]);
            Assert.Empty(result.Errors);
            Assert.StartsWith(path + " ", words + " ", StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Mistyped_word_is_answered_with_the_nearest_one()
    {
        (ErrorCode code, string message, string hint) = Assert.Single(UsageErrors.Of(CommandTree.Build().Parse("modles list")));
        Assert.Equal(ErrorCode.Usage, code);
        Assert.Contains("modles", message, StringComparison.Ordinal);
        Assert.Contains("'models'", hint, StringComparison.Ordinal);
    }

    [Fact]
    public void The_document_is_what_the_program_prints() =>
        Assert.True(
            MarkdownPages.Write(Page()) == File.ReadAllText(Repository.File("docs/CLI.md")), "docs/CLI.md is stale: cocoon manual --markdown > docs/CLI.md");

    [Fact]
    public void The_man_page_has_every_command_and_no_bare_minus()
    {
        string manual = ManPage.Write(Page());
        Assert.All(Runnable.Select(r => r.Data), path => Assert.Contains($".SS \"{path.Replace("-", "\\-", StringComparison.Ordinal)}\"", manual, StringComparison.Ordinal));
        Assert.DoesNotContain("-", manual.Replace("\\-", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Completions_know_every_word()
    {
        string[] scripts = [Completions.Bash(Page()), Completions.Zsh(Page()), Completions.Fish(Page())];
        Assert.All(scripts, script => Assert.All(
            Page().All().Skip(1), page => Assert.Contains(page.Path[(page.Path.LastIndexOf(' ') + 1)..], script, StringComparison.Ordinal)));
    }

    private static CommandPage Page() => CommandPage.Of(CommandTree.Build());
}
