using CocoonP2P.Attestation.Simulated;
using CocoonP2P.Node.Networks;
using CocoonP2P.Networks;
using CocoonP2P.Tests.Inference.Support;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CocoonP2P.Tests.Client;

/// <summary>A node in a container: it starts and stops with the host, and says at the start what is wrong.</summary>
public sealed class ContainerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_node_starts_with_the_host_and_ends_with_it()
    {
        using IHost host = Host(Local);
        await host.StartAsync(Token);
        CocoonNode node = host.Services.GetRequiredService<CocoonNode>();
        Assert.NotEmpty(node.PeerId);
        Assert.StartsWith("UQ", node.Wallet, StringComparison.Ordinal);
        Assert.Contains(node.Warnings, w => w.Contains("SIMULATED", StringComparison.Ordinal));
        Assert.Empty(node.Models);
        await host.StopAsync(Token);
        CocoonException ended = await Assert.ThrowsAsync<CocoonException>(
            () => host.Services.GetRequiredService<IChatClient>().GetResponseAsync("Hi", null, Token));
        Assert.Equal(ErrorCode.NoNode, ended.Code);
    }

    [Fact]
    public async Task Clients_are_there_by_key_and_without_one_before_the_host_starts()
    {
        using IHost host = Host(Local);
        Assert.Equal("tiny", host.Services.GetRequiredService<IChatClient>().GetService<ChatClientMetadata>()!.DefaultModelId);
        Assert.Equal("other", host.Services.GetRequiredKeyedService<IChatClient>("b").GetService<ChatClientMetadata>()!.DefaultModelId);
        Assert.NotNull(host.Services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>());
        CocoonException early = await Assert.ThrowsAsync<CocoonException>(
            () => host.Services.GetRequiredService<IChatClient>().GetResponseAsync("Hi", null, Token));
        Assert.Equal(ErrorCode.NoNode, early.Code);
    }

    [Fact]
    public async Task Every_problem_of_the_options_is_told_at_the_start()
    {
        using IHost host = Host(o => Local(o) with { Role = NodeRole.Worker, PinnedModels = ["tiny"], Deposit = default });
        CocoonException problem = await Assert.ThrowsAsync<CocoonException>(() => host.StartAsync(Token));
        Assert.Equal(ErrorCode.Configuration, problem.Code);
        Assert.All(["node.role", "models.pinned", "payment.max_per_job"], key => Assert.Contains(key, problem.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_local_network_is_not_trusted_unless_the_program_says_so()
    {
        CocoonException refused = await Assert.ThrowsAsync<CocoonException>(() => CocoonNode.StartAsync(Local(new CocoonOptions()) with { Trust = null }, Token));
        Assert.Equal(ErrorCode.Configuration, refused.Code);
        Assert.Contains("SimulatedTee.Trust", refused.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_folder_serves_one_node_at_a_time()
    {
        await using CocoonNode node = await CocoonNode.StartAsync(Local(new CocoonOptions()), Token);
        CocoonException refused = await Assert.ThrowsAsync<CocoonException>(() => CocoonNode.StartAsync(Local(new CocoonOptions()), Token));
        Assert.Contains("in use by another node", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_starts_again_on_its_folder_as_the_same_node()
    {
        string first;
        await using (CocoonNode node = await CocoonNode.StartAsync(Local(new CocoonOptions()), Token))
        {
            first = node.PeerId;
        }

        await using CocoonNode again = await CocoonNode.StartAsync(Local(new CocoonOptions()), Token);
        Assert.Equal(first, again.PeerId);
    }

    private static IHost Host(Func<CocoonOptions, CocoonOptions> configure)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddCocoon(configure);
        builder.Services.AddCocoonChatClient("tiny");
        builder.Services.AddCocoonChatClient("other", "b");
        builder.Services.AddCocoonEmbeddingGenerator("tiny");
        return builder.Build();
    }

    private CocoonOptions Local(CocoonOptions o)
    {
        NetworkManifest manifest = new() { Name = "local", Genesis = new byte[32], GlobalId = -777, Measurements = [LocalNetwork.Measurement] };
        File.WriteAllText(_folder["network.toml"], manifest.Write());
        return o with
        {
            Network = "local", Role = NodeRole.Client, Manifest = _folder["network.toml"], DataDir = _folder["node"], Trust = SimulatedTee.Trust,
        };
    }
}
