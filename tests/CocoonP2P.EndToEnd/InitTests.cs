using System.Text.Json;

namespace CocoonP2P.EndToEnd;

/// <summary>`cocoon init`, and that it never destroys what is there.</summary>
public sealed class InitTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("cocoon-init-").FullName;

    private string Config => Path.Combine(_root, "node.toml");

    private string Data => Path.Combine(_root, "data");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact(Timeout = 60_000)]
    public async Task It_sets_what_was_asked_and_leaves_every_other_key_at_its_default()
    {
        Ended ended = await InitAsync("--role", "client");
        Assert.True(ended.Exit == 0, ended.Error);
        string[] set = [.. (await File.ReadAllLinesAsync(Config, Cocoon.Cancelled)).Where(l => !l.StartsWith('#') && !l.StartsWith('['))];
        Assert.Equal(["network", "role", "data_dir"], set.Select(l => l.Split(' ')[0]));
        Assert.Equal(32, new FileInfo(Path.Combine(Data, "node.key")).Length);
        Assert.Equal(3, JsonElement.Parse(ended.Output).GetProperty("next").GetArrayLength());
        Ended check = await Cocoon.RunAsync("config", "check", "--config", Config);
        Assert.True(check.Exit == 0, check.Error);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_second_time_it_refuses_and_keeps_file_and_key()
    {
        await InitAsync();
        byte[] key = await File.ReadAllBytesAsync(Path.Combine(Data, "node.key"), Cocoon.Cancelled);
        Ended again = await InitAsync();
        Assert.Equal((1, "failed"), (again.Exit, JsonElement.Parse(again.Error).GetProperty("code").GetString()));
        Assert.Equal(key, await File.ReadAllBytesAsync(Path.Combine(Data, "node.key"), Cocoon.Cancelled));
    }

    private Task<Ended> InitAsync(params string[] more) =>
        Cocoon.RunAsync(["init", "--network", "local", "--data-dir", Data, "--config", Config, "--json", .. more]);
}
