using System.Diagnostics;
using System.Text.Json;
using CocoonP2P.Node.Http.Doors;
using CocoonP2P.Tests.Node.Http.Support;

namespace CocoonP2P.Tests.Node.Http;

/// <summary>Official SDKs, unchanged, against the real server: their request shapes are the conformance test.</summary>
public sealed class JsSdkTests
{
    [Theory]
    [InlineData("openai.mjs", "openai")]
    [InlineData("ai.mjs", "ai")]
    [InlineData("langchain.mjs", "@langchain/openai")]
    public async Task Every_feature_of_a_client_works_and_stands_in_the_table(string program, string client)
    {
        await using TestEndpoint endpoint = await TestEndpoint.StartAsync(s => s with
        {
            Keys = KeyRing.Of(
            [
                (DoorTests.Token("infer"), new ApiKey("infer", Scope.Infer, new KeyLimits())), (DoorTests.Token("read"), new ApiKey("read", Scope.Read, new KeyLimits())),
            ]),
        });
        List<JsonElement> results = await RunAsync(
            program, $"http://127.0.0.1:{endpoint.Port}/v1", DoorTests.Token("infer"), DoorTests.Token("read"), ScriptedNode.Model, ScriptedNode.Embedder);
        string[] failed = [.. results.Where(r => r.GetProperty("error").GetString() is not null).Select(r => r.ToString())];
        Assert.True(failed.Length == 0, string.Join('\n', failed));
        SdkTable.Holds(client, results[0].GetProperty("version").GetString()!, results.Select(r => r.GetProperty("feature").GetString()!));
        await Libp2p.Eventually.TrueAsync(() => endpoint.Node.Running == 0);
        Assert.DoesNotContain(endpoint.Log.Lines, line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Error);
    }

    private static async Task<List<JsonElement>> RunAsync(string program, params string[] arguments)
    {
        ProcessStartInfo start = new("node", [program, .. arguments]) { WorkingDirectory = Folder(), RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("node did not start");
        process.ErrorDataReceived += (_, line) => TestContext.Current.TestOutputHelper?.WriteLine(line.Data ?? "");
        process.BeginErrorReadLine();
        List<JsonElement> results = [];
        try
        {
            while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is string line)
            {
                results.Add(JsonElement.Parse(line));
            }

            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        Assert.Equal(0, process.ExitCode);
        return results;
    }

    /// <summary>Skips at a desk where the packages are not installed; there must be none of that in CI.</summary>
    private static string Folder()
    {
        string folder = Repository.File("tests/sdk");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            const string Reason = "the SDKs are not installed: npm ci --ignore-scripts in tests/sdk";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", Reason);
            Assert.Fail(Reason);
        }

        return folder;
    }
}
