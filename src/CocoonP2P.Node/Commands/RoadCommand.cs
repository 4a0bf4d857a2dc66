using System.CommandLine;
using System.Globalization;
using CocoonP2P.Models;
using CocoonP2P.Node.Bench;
using CocoonP2P.Node.Commands.Help;
using CocoonP2P.Node.Http;

namespace CocoonP2P.Node.Commands;

/// <summary>`cocoon bench road`.</summary>
internal static class RoadCommand
{
    public static Command Build()
    {
        Option<DirectoryInfo?> model = new("--model") { HelpName = "DIR", Description = "A model folder; without it, cocoon-tiny" };
        Option<string> manifest = new("--manifest") { HelpName = "NAME", Description = "Name of the manifest in it", DefaultValueFactory = _ => ModelStore.ManifestFile };
        Option<int> rounds = new("--rounds") { HelpName = "N", Description = "Pairs of answers to measure", DefaultValueFactory = _ => 15 };
        Option<int> tokens = new("--tokens") { HelpName = "N", Description = "Most tokens of each", DefaultValueFactory = _ => 256 };
        CocoonCommand command = new("road", "Measure what session, encryption and payment cost, against the engine alone")
        {
            Success = "measured, whatever the figures are",
            Failures = [ErrorCode.Failed, ErrorCode.Configuration, ErrorCode.Interrupted],
            Examples = ["cocoon bench road", "cocoon bench road --rounds 50 --json"],
        };
        command.AddAll(model, manifest, rounds, tokens);
        command.SetAction((result, cancellationToken) => CommandTree.GuardAsync(result.GetValue(CommandTree.Json), () => RunAsync(
            result.GetValue(model)?.FullName ?? Path.Combine(AppContext.BaseDirectory, "models", "cocoon-tiny"), result.GetValue(manifest)!,
            result.GetValue(rounds), result.GetValue(tokens), result.GetValue(CommandTree.Json), cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(
        string model, string manifest, int rounds, int tokens, bool json, CancellationToken cancellationToken)
    {
        if (rounds < 1 || tokens < 1)
        {
            throw new CocoonException(ErrorCode.Usage, "--rounds and --tokens are 1 or more", "leave them out for the defaults");
        }

        string root = Directory.CreateTempSubdirectory("cocoon-road-").FullName;
        try
        {
            await using RoadScene scene = await RoadScene.StartAsync(root, model, manifest, TimeProvider.System, cancellationToken);
            RoadFigures figures = await new RoadBench(scene, TimeProvider.System).RunAsync(rounds, tokens, cancellationToken);
            await Console.Out.WriteLineAsync(json ? Json(figures) : Table(figures));
            return 0;
        }
        catch (Inference.InferenceException e)
        {
            throw new CocoonException(ErrorCode.Configuration, $"{model}: {e.Message}", "name a folder with a whole model");
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static string Table(RoadFigures f) => string.Create(CultureInfo.InvariantCulture, $"""
        model                    {f.Model}, {f.Rounds} rounds, medians
        engine alone             {f.EngineTokensPerSecond,10:0.0} tokens/s
        through the road         {f.RoadTokensPerSecond,10:0.0} tokens/s
        ratio                    {f.Ratio,10:0.000}  goal {RoadFigures.RatioGoal} or more
        added to the first token {f.AddedLatency.TotalMilliseconds,10:0.00} ms  goal {RoadFigures.LatencyGoal.TotalMilliseconds:0} or less
        managed bytes a token    {f.BytesPerToken,10:0}
        """);

    private static string Json(RoadFigures f) => System.Text.Encoding.UTF8.GetString(OpenAiJson.Write(w =>
    {
        w.WriteString("model", f.Model);
        w.WriteNumber("rounds", f.Rounds);
        w.WriteNumber("engine_tokens_per_second", Math.Round(f.EngineTokensPerSecond, 2));
        w.WriteNumber("road_tokens_per_second", Math.Round(f.RoadTokensPerSecond, 2));
        w.WriteNumber("ratio", Math.Round(f.Ratio, 4));
        w.WriteNumber("added_latency_seconds", Math.Round(f.AddedLatency.TotalSeconds, 6));
        w.WriteNumber("managed_bytes_per_token", Math.Round(f.BytesPerToken));
    }));
}
