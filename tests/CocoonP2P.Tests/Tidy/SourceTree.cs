using System.Text.RegularExpressions;

namespace CocoonP2P.Tests.Tidy;

/// <summary>A file of the repository, by its path from the root.</summary>
internal sealed record SourceFile(string Path, string[] Lines)
{
    /// <summary>"path:line: text" of each line that matches.</summary>
    public IEnumerable<string> Where(Regex pattern) =>
        Lines.Select((line, i) => (line, i)).Where(l => pattern.IsMatch(l.line)).Select(l => At(l.i, l.line.Trim()));

    /// <summary>A finding at a line, counted from 0.</summary>
    public string At(int line, string text) => $"{Path}:{line + 1}: {text}";
}

/// <summary>What people wrote: build outputs, packages and test vectors are left out.</summary>
internal static class SourceTree
{
    private static readonly string[] Skipped = [".git", "artifacts", "node_modules", "vectors", "bin", "obj", "shared"];

    private static readonly Lazy<SourceFile[]> Files = new(() => [.. Walk(Repository.Root).Select(Read)]);

    /// <summary>The files below a folder with one of these endings.</summary>
    public static IEnumerable<SourceFile> Below(string folder, params string[] endings) => Files.Value.Where(f =>
        f.Path.StartsWith(folder, StringComparison.Ordinal) && endings.Any(e => f.Path.EndsWith(e, StringComparison.Ordinal)));

    /// <summary>C# of the product and of its tests.</summary>
    public static IEnumerable<SourceFile> Code => Below("src/", ".cs").Concat(Below("tests/", ".cs"));

    /// <summary>Fails with every finding, a line each.</summary>
    public static void None(IEnumerable<string> findings)
    {
        string[] found = [.. findings];
        Assert.True(found.Length == 0, $"{found.Length} findings:\n{string.Join('\n', found)}");
    }

    private static IEnumerable<string> Walk(string folder) =>
        Directory.EnumerateFiles(folder).Where(IsText)
            .Concat(Directory.EnumerateDirectories(folder).Where(d => !Skipped.Contains(Path.GetFileName(d))).SelectMany(Walk));

    private static bool IsText(string path) =>
        Path.GetExtension(path) is ".cs" or ".csproj" or ".props" or ".md" or ".toml" or ".mjs" or ".sh" or ".tolk" or ".c" or ".xml" or "";

    private static SourceFile Read(string path) =>
        new(Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'), File.ReadAllLines(path));
}
