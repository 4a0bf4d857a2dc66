using System.Text.RegularExpressions;

namespace CocoonP2P.Tests.Tidy;

/// <summary>Short files and short methods: one file, one idea.</summary>
public sealed partial class LengthTests
{
    private const int MostMedian = 60;
    private const int MostP90 = 200;
    private const int MostLines = 400;
    private const int MostMethodLines = 70;

    [Fact]
    public void No_file_is_longer_than_400_lines() =>
        SourceTree.None(SourceTree.Code.Where(f => f.Lines.Length > MostLines).Select(f => f.At(0, $"{f.Lines.Length} lines")));

    [Fact]
    public void Half_of_the_files_have_60_lines_or_fewer_and_nine_in_ten_200()
    {
        int[] lengths = [.. SourceTree.Code.Select(f => f.Lines.Length).Order()];
        Assert.True(lengths[lengths.Length / 2] <= MostMedian, $"the median of {lengths.Length} files is {lengths[lengths.Length / 2]} lines");
        Assert.True(lengths[lengths.Length * 9 / 10] <= MostP90, $"nine files in ten have up to {lengths[lengths.Length * 9 / 10]} lines");
    }

    [Fact]
    public void No_method_is_longer_than_70_lines() => SourceTree.None(SourceTree.Code.SelectMany(LongBlocks));

    [Fact]
    public void A_method_of_71_lines_is_found_and_named_by_its_first_line()
    {
        string[] body = [.. Enumerable.Repeat("        i++;", MostMethodLines + 1)];
        SourceFile file = new("a.cs", ["class A", "{", "    void M()", "    {", .. body, "    }", "}"]);
        Assert.Equal("a.cs:3: 71 lines", Assert.Single(LongBlocks(file)));
    }

    /// <summary>Blocks between braces on lines of their own, except the bodies of types. Layout is held by the build, so indentation tells.</summary>
    private static IEnumerable<string> LongBlocks(SourceFile file)
    {
        for (int open = 0; open < file.Lines.Length; open++)
        {
            string line = file.Lines[open];
            if (line.Trim() != "{")
            {
                continue;
            }

            int indent = line.Length - 1;
            int head = Array.FindLastIndex(file.Lines, open - 1, open, l => Indent(l) == indent);
            int close = Array.FindIndex(file.Lines, open, l => l.StartsWith(new string(' ', indent) + "}", StringComparison.Ordinal));
            if (head >= 0 && !Types().IsMatch(file.Lines[head]) && close - open - 1 > MostMethodLines)
            {
                yield return file.At(head, $"{close - open - 1} lines");
            }
        }
    }

    private static int Indent(string line) => line.Trim().Length == 0 ? -1 : line.Length - line.TrimStart().Length;

    [GeneratedRegex(@"\b(class|struct|record|interface|enum|namespace)\b")]
    private static partial Regex Types();
}
