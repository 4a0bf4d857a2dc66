using System.CommandLine;
using CocoonP2P.Hosting;
using CocoonP2P.Inference;
using CocoonP2P.Models;
using CocoonP2P.Node.Commands.Help;
using CocoonP2P.Node.Configuration;
using CocoonP2P.Node.Http;

namespace CocoonP2P.Node.Commands;

/// <summary>`cocoon models add|list`.</summary>
internal static class ModelsCommand
{
    public static Command Build()
    {
        Option<FileInfo?> config = ConfigFile.Option();
        Argument<DirectoryInfo> folder = new("dir") { Description = "A folder with manifest.json and the files that it names" };
        Option<string> manifest = new("--manifest") { HelpName = "NAME", Description = "Name of the manifest in it", DefaultValueFactory = _ => ModelStore.ManifestFile };
        CocoonCommand add = new("add", "Verify a model folder and copy it into the store")
        {
            Success = "added",
            Failures = [ErrorCode.Configuration],
            Examples = ["cocoon models add models/cocoon-tiny"],
        };
        add.Arguments.Add(folder);
        add.AddAll(manifest, config);
        add.SetAction((result, _) => CommandTree.GuardAsync(result.GetValue(CommandTree.Json), () => Task.FromResult(
            Add(Store(result.GetValue(config)), result.GetValue(folder)!, result.GetValue(manifest)!))));
        CocoonCommand list = new("list", "List the models of the store")
        {
            Success = "listed",
            Failures = [ErrorCode.Configuration],
            Examples = ["cocoon models list --json"],
        };
        list.AddAll(config);
        list.SetAction((result, _) => CommandTree.GuardAsync(result.GetValue(CommandTree.Json), () => Task.FromResult(
            List(Store(result.GetValue(config)), result.GetValue(CommandTree.Json)))));
        return new CocoonCommand("models", "The verified store of models") { Group = CommandGroup.Models }.AddAll(add, list);
    }

    private static ModelStore Store(FileInfo? config)
    {
        LoadedConfig loaded = ConfigFile.Load(config);
        return new ModelStore(DataFolder.Open(loaded.Options.Node.DataDir).Models);
    }

    private static int Add(ModelStore store, DirectoryInfo folder, string manifest)
    {
        try
        {
            ModelManifest added = store.Add(folder.FullName, manifest);
            Console.Out.WriteLine($"{added.Name}@{Convert.ToHexStringLower(added.Id.Span)}");
            return 0;
        }
        catch (InferenceException e)
        {
            throw new CocoonException(ErrorCode.Configuration, $"{folder.FullName}: {e.Message}", "fetch the model again: a file is not what its manifest says");
        }
    }

    private static int List(ModelStore store, bool json)
    {
        IReadOnlyList<ModelManifest> models;
        try
        {
            models = store.List();
        }
        catch (InferenceException e)
        {
            throw new CocoonException(ErrorCode.Configuration, e.Message, "remove it from the store's manifests/, and add the model again: cocoon models add DIR");
        }

        if (json)
        {
            Console.Out.WriteLine(System.Text.Encoding.UTF8.GetString(OpenAiJson.Write(w =>
            {
                w.WriteStartArray("models");
                foreach (ModelManifest model in models)
                {
                    w.WriteStartObject();
                    w.WriteString("name", model.Name);
                    w.WriteString("id", Convert.ToHexStringLower(model.Id.Span));
                    w.WriteNumber("context_tokens", model.Limits.ContextTokens);
                    w.WriteEndObject();
                }

                w.WriteEndArray();
            })));
            return 0;
        }

        foreach (ModelManifest model in models)
        {
            Console.Out.WriteLine($"{model.Name,-32} {Convert.ToHexStringLower(model.Id.Span)[..16]}  {model.Limits.ContextTokens} tokens");
        }

        return 0;
    }
}
