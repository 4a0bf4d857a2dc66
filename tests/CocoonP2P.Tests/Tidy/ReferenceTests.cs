using System.Text.RegularExpressions;

namespace CocoonP2P.Tests.Tidy;

/// <summary>What points at something points at something that is there.</summary>
public sealed partial class ReferenceTests
{
    [Fact]
    public void Every_link_of_a_document_resolves() => SourceTree.None(
        from file in SourceTree.Below("", ".md")
        from line in file.Lines.Select((text, i) => (text, i))
        from Match link in Link().Matches(line.text)
        where !Exists(Path.Combine(Path.GetDirectoryName(file.Path)!, link.Groups[1].Value))
        select file.At(line.i, link.Value));

    [Fact]
    public void Every_document_that_the_code_names_is_there() => SourceTree.None(
        from file in SourceTree.Below("", ".cs", ".mjs", ".tolk", ".toml")
        from line in file.Lines.Select((text, i) => (text, i))
        from Match named in Document().Matches(line.text)
        where !Exists(named.Value)
        select file.At(line.i, named.Value));

    [Fact]
    public void No_two_log_events_share_an_id() => SourceTree.None(
        from file in SourceTree.Below("src/", ".cs")
        from line in file.Lines.Select((text, i) => (text, i))
        let id = LogId().Match(line.text)
        where id.Success
        group file.At(line.i, id.Value) by id.Groups[1].Value into same
        where same.Count() > 1
        from finding in same
        select finding);

    [Fact]
    public void Every_wire_message_has_a_section_in_the_protocol()
    {
        string documents = string.Concat(SourceTree.Below("docs/protocol/", ".md").SelectMany(f => f.Lines));
        Assert.NotEmpty(WireTypes());
        SourceTree.None(WireTypes().Where(t => !documents.Contains($"`{t}`", StringComparison.Ordinal)));
    }

    /// <summary>The names in the table of what can be sent.</summary>
    internal static string[] WireTypes() =>
    [
        .. SourceTree.Below("src/CocoonP2P/Protocol/WireFormatters.cs", "").Single().Lines
            .SelectMany(l => Formatter().Matches(l)).Select(m => m.Groups[1].Value),
    ];

    private static bool Exists(string path) => Path.Exists(Repository.File(path));

    [GeneratedRegex(@"\]\((?![a-z]+:|#)([^)#\s]+)(#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\bdocs/[\w./-]+\.md\b")]
    private static partial Regex Document();

    [GeneratedRegex(@"\[LoggerMessage\((?:EventId = )?(\d+)")]
    private static partial Regex LogId();

    [GeneratedRegex(@"typeof\((\w\w+)\)")]
    private static partial Regex Formatter();
}
