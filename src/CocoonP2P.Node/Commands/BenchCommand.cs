using System.CommandLine;
using System.Globalization;
using CocoonP2P.Inference;
using CocoonP2P.Inference.Benchmark;
using CocoonP2P.Models;
using CocoonP2P.Node.Commands.Help;
using CocoonP2P.Node.Http;

namespace CocoonP2P.Node.Commands;

/// <summary>`cocoon bench`.</summary>
internal static class BenchCommand
{
    public static Command Build()
    {
        Option<DirectoryInfo?> model = new("--model") { HelpName = "DIR", Description = "A model folder; without it, cocoon-tiny" };
        Option<string> manifest = new("--manifest") { HelpName = "NAME", Description = "Name of the manifest in it", DefaultValueFactory = _ => ModelStore.ManifestFile };
        Option<int> threads = new("--threads") { HelpName = "N", Description = "Threads of a step; without it, one a processor", DefaultValueFactory = _ => Environment.ProcessorCount };
        CocoonCommand inference = new("inference", "Compare the engine with a bare ONNX Runtime loop, alone and with eight at once")
        {
            Success = "measured, whatever the figures are",
            Failures = [ErrorCode.Failed, ErrorCode.Configuration],
            Examples = ["cocoon bench inference", "cocoon bench inference --model ../models/smollm2 --json"],
        };
        inference.AddAll(model, manifest, threads);
        inference.SetAction((result, cancellationToken) => CommandTree.GuardAsync(result.GetValue(CommandTree.Json), () => RunAsync(
            result.GetValue(model)?.FullName ?? Path.Combine(AppContext.BaseDirectory, "models", "cocoon-tiny"), result.GetValue(manifest)!,
            result.GetValue(threads), result.GetValue(CommandTree.Json), cancellationToken)));
        return new CocoonCommand("bench", "Measure this machine") { Group = CommandGroup.Develop }.AddAll(inference, RoadCommand.Build());
    }

    private static async Task<int> RunAsync(string folder, string manifestFile, int threads, bool json, CancellationToken cancellationToken)
    {
        string store = Directory.CreateTempSubdirectory("cocoon-bench-").FullName;
        try
        {
            ModelManifest manifest = new ModelStore(store).Add(folder, manifestFile);
            if (manifest.Kind != ModelManifest.LlmKind)
            {
                throw new CocoonException(ErrorCode.Configuration, $"{manifest.Name} does not generate", "name a model of cocoon-llm/1");
            }

            InferenceBench bench = new(new ModelStore(store), manifest, threads, TimeProvider.System);
            BenchResult result = await bench.RunAsync(Console.Error.WriteLine, cancellationToken);
            await Console.Out.WriteLineAsync((json ? Json(result) : Table(result)).AsMemory(), cancellationToken);
            return result.SameTokens ? 0 : throw new CocoonException(
                ErrorCode.Failed, "the engine and the bare loop said different tokens", "the model is not deterministic here: see cocoon models show");
        }
        catch (InferenceException e)
        {
            throw new CocoonException(ErrorCode.Configuration, $"{folder}: {e.Message}", "name a folder with a whole model");
        }
        finally
        {
            Directory.Delete(store, recursive: true);
        }
    }

    private static string Table(BenchResult result)
    {
        IEnumerable<string> lines = result.Figures.Select(f => string.Create(
            CultureInfo.InvariantCulture, $"{f.Name,-40} {f.Value,10:0.###} {Goal(f)}").TrimEnd());
        string machine = string.Create(
            CultureInfo.InvariantCulture, $"others used {result.ForeignShare:P0} of the processors{(result.IsQuiet ? "" : ": measure again on a quiet machine")}");
        return string.Join('\n', [$"model {result.Model}", .. lines, machine]);
    }

    private static string Goal(BenchFigure figure) => figure.Goal is not { } goal ? "" : string.Create(
        CultureInfo.InvariantCulture, $"goal {(figure.AtMost ? "at most" : "at least")} {goal:0.###}: {(figure.Met ? "met" : "missed")}");

    private static string Json(BenchResult result) => System.Text.Encoding.UTF8.GetString(OpenAiJson.Write(w =>
    {
        w.WriteString("model", result.Model);
        w.WriteNumber("foreign_share", Math.Round(result.ForeignShare, 4));
        w.WriteBoolean("quiet", result.IsQuiet);
        w.WriteBoolean("same_tokens", result.SameTokens);
        w.WriteStartObject("figures");
        foreach (BenchFigure figure in result.Figures)
        {
            w.WriteNumber(figure.Name, Math.Round(figure.Value, 4));
        }

        w.WriteEndObject();
    }));
}
