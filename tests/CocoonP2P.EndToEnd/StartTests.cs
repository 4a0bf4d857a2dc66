using System.Net;
using System.Net.Sockets;
using CocoonP2P.Models;
using CocoonP2P.Node.Demo;
using CocoonP2P.Networks;
using CocoonP2P.Node.Networks;
using CocoonP2P.Ton.LocalChain;

namespace CocoonP2P.EndToEnd;

/// <summary>What keeps `cocoon run` from starting: a status that scripts can branch on, and a line that says what to do.</summary>
public sealed class StartTests : IAsyncLifetime
{
    private const int Limit = 60_000;
    private readonly string _root = Directory.CreateTempSubdirectory("cocoon-e2e-").FullName;
    private DemoNode? _node;

    private DemoNode Node => _node!;

    public async ValueTask InitializeAsync()
    {
        _node = DemoNode.Create(Cocoon.Program, _root, "node", FreePort(), LocalTon.GlobalId, TimeProvider.System);
        NetworkManifest network = new()
        {
            Name = "local",
            Genesis = new byte[32],
            GlobalId = LocalTon.GlobalId,
            Measurements = [LocalNetwork.Measurement],
        };
        await File.WriteAllTextAsync(Path.Combine(_root, "network.toml"), network.Write());
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact(Timeout = Limit)]
    public async Task Unknown_key_is_named_with_file_line_and_the_nearest_key()
    {
        Configure("client");
        int line = (await File.ReadAllLinesAsync(Node.Config, Cocoon.Cancelled)).Length + 2;
        await File.AppendAllTextAsync(Node.Config, "[payment]\ndeposite = \"1 TON\"\n", Cocoon.Cancelled);
        await FailsAsync(78, $"node.toml:{line}", "payment.deposit'");
    }

    [Fact(Timeout = Limit)]
    public async Task Peer_port_in_use_names_the_key_that_changes_it()
    {
        using TcpListener taken = new(IPAddress.Loopback, Node.Port);
        taken.Start();
        Configure("client");
        await FailsAsync(1, "in use", "network.listen");
    }

    [Fact(Timeout = Limit)]
    public async Task Api_port_in_use_names_the_key_that_changes_it()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        Configure("client", taken.LocalEndpoint.ToString()!);
        await FailsAsync(1, "in use", "api.openai");
    }

    [Fact(Timeout = Limit)]
    public async Task Worker_without_a_model_says_how_to_add_one()
    {
        Configure("worker");
        await FailsAsync(78, "no model", "cocoon models add");
    }

    [Theory(Timeout = Limit)]
    [InlineData("worker", "model.onnx.data")]
    [InlineData("worker", "model.onnx")]
    [InlineData("worker", "tokenizer.json")]
    [InlineData("client", "tokenizer.json")]
    public async Task Model_altered_in_the_store_is_refused_before_anything_runs_it(string role, string file)
    {
        Configure(role);
        ModelManifest model = new ModelStore(Path.Combine(Node.Folder, "models")).Add(Cocoon.TinyModel);
        string root = Convert.ToHexStringLower(model.Files.Single(f => f.Path == file).Verity.Span);
        Flip(Path.Combine(Node.Folder, "models", "blobs", root));
        await FailsAsync(78, $"{file} is not what its manifest names", "cocoon models");
    }

    [Fact(Timeout = Limit)]
    public async Task Folder_with_an_altered_file_is_not_added()
    {
        Configure("client");
        string folder = Cocoon.CopyModel(_root);
        Flip(Path.Combine(folder, "model.onnx.data"));
        Ended ended = await Cocoon.RunAsync("models", "add", folder, "--config", Node.Config);
        Assert.True(ended.Exit == 78, ended.Output + ended.Error);
        Assert.Contains("model.onnx.data is not what its manifest names", ended.Error, StringComparison.Ordinal);

        Ended list = await Cocoon.RunAsync("models", "list", "--config", Node.Config);
        Assert.Equal((0, ""), (list.Exit, list.Output));
    }

    [Fact(Timeout = Limit)]
    public async Task Manifest_altered_in_the_store_is_refused()
    {
        Configure("client");
        ModelManifest model = new ModelStore(Path.Combine(Node.Folder, "models")).Add(Cocoon.TinyModel);
        string file = Path.Combine(Node.Folder, "models", "manifests", Convert.ToHexStringLower(model.Id.Span));
        File.SetAttributes(file, FileAttributes.Normal);
        await File.WriteAllTextAsync(
            file, (await File.ReadAllTextAsync(file, Cocoon.Cancelled)).Replace("\"vocab\":1024", "\"vocab\":1025", StringComparison.Ordinal), Cocoon.Cancelled);
        await FailsAsync(78, "altered in the store", "cocoon models");

        Ended list = await Cocoon.RunAsync("models", "list", "--config", Node.Config);
        Assert.True(list.Exit == 78, list.Output + list.Error);
        Assert.Contains("cocoon: hint: ", list.Error, StringComparison.Ordinal);
    }

    private void Configure(string role, string openAi = "") => Node.Configure(role, Path.Combine(_root, "network.toml"), openAi);

    private async Task FailsAsync(int exit, params string[] parts)
    {
        Ended ended = await Cocoon.RunAsync("run", "--config", Node.Config);
        Assert.True(ended.Exit == exit, $"exit {ended.Exit}: {ended.Error}");
        Assert.All(parts, part => Assert.Contains(part, ended.Error, StringComparison.Ordinal));
        Assert.Contains("cocoon: hint: ", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
    }

    private static void Flip(string file)
    {
        File.SetAttributes(file, FileAttributes.Normal);
        byte[] bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
