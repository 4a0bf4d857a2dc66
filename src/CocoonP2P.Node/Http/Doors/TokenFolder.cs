using CocoonP2P.Configuration;
using CocoonP2P.Node.Configuration;

namespace CocoonP2P.Node.Http.Doors;

/// <summary>
/// api.tokens: a folder with a file for each token. admin.token, read.token and infer.token, and infer-NAME.token for as many
/// keys as are wanted. The first line is the token; below it an infer key may have limits: per_request, per_day, total.
/// </summary>
internal static class TokenFolder
{
    private const int LeastLength = 32;
    private const int MostLength = 256;
    private const int MostBytes = 4096;
    private const int MostFiles = 1000;

    /// <exception cref="CocoonException">Configuration: what is wrong with which file.</exception>
    public static KeyRing Load(string folder)
    {
        string[] files = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.token").Order(StringComparer.Ordinal).Take(MostFiles + 1)] : [];
        if (files.Length is 0 or > MostFiles)
        {
            throw Wrong($"api.tokens: {folder} holds {files.Length} files NAME.token", $"put 1 to {MostFiles} there; docs/CONFIG.md says how");
        }

        (string Token, ApiKey Key)[] keys = [.. files.Select(Read)];
        return keys.DistinctBy(k => k.Token).Count() == keys.Length ? KeyRing.Of(keys) : throw Wrong($"api.tokens: two files of {folder} hold one token", "draw one for each");
    }

    private static (string Token, ApiKey Key) Read(string file)
    {
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != 0)
        {
            throw Wrong($"{file}: others than its owner may read or write it", $"chmod 600 {file}");
        }

        if (new FileInfo(file).Length > MostBytes)
        {
            throw Wrong($"{file} has more than {MostBytes} bytes", "a token, and its limits below it");
        }

        string text = File.ReadAllText(file);
        int end = text.IndexOf('\n', StringComparison.Ordinal);
        string token = (end < 0 ? text : text[..end]).Trim(), name = Path.GetFileNameWithoutExtension(file);
        if (token.Length is < LeastLength or > MostLength || !token.All(c => c is > ' ' and <= '~'))
        {
            throw Wrong($"{file}: the first line is no token", $"write {LeastLength} to {MostLength} visible characters: openssl rand -hex 32");
        }

        Scope scope = name switch
        {
            "admin" => Scope.Admin,
            "read" => Scope.Read,
            _ when name == "infer" || name.StartsWith("infer-", StringComparison.Ordinal) => Scope.Infer,
            _ => throw Wrong($"{file}: no scope has this name", "name it admin.token, read.token, infer.token or infer-NAME.token"),
        };
        return (token, new ApiKey(name, scope, Limits(file, end < 0 ? "" : "\n" + text[(end + 1)..])));
    }

    /// <summary>The rest of the file is TOML; the first line's place is kept, so that errors name the right one.</summary>
    private static KeyLimits Limits(string file, string toml)
    {
        (IReadOnlyList<TomlEntry> entries, IReadOnlyList<ConfigProblem> problems) = Toml.Read(file, toml);
        if (problems.Count > 0)
        {
            throw Wrong(problems[0].Error, problems[0].Hint);
        }

        KeyLimits limits = new();
        foreach (TomlEntry entry in entries)
        {
            string place = $"{file}:{entry.Line}: {entry.Name}";
            Protocol.NanoTon amount = Money.TryParse(entry.Value.AsText() ?? "") ?? throw Wrong($"{place} is no amount", "write an amount with its unit, such as \"1.5 TON\"");
            limits = entry.Name switch
            {
                "per_request" => limits with { PerRequest = amount },
                "per_day" => limits with { PerDay = amount },
                "total" => limits with { Total = amount },
                _ => throw Wrong($"{place} is no limit", "write per_request, per_day or total"),
            };
        }

        return limits;
    }

    private static CocoonException Wrong(string problem, string cure) => new(ErrorCode.Configuration, problem, cure);
}
