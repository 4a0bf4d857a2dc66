using System.CommandLine;
using System.Text;
using CocoonP2P.Configuration;
using CocoonP2P.Hosting;
using CocoonP2P.Node.Commands.Help;
using CocoonP2P.Node.Configuration;
using CocoonP2P.Node.Http;

namespace CocoonP2P.Node.Commands;

/// <summary>`cocoon init`: node.toml with what was asked for and nothing else set, the data folder, the node's key.</summary>
internal static class InitCommand
{
    /// <summary>All that can be asked for stands in one section.</summary>
    private const string Section = "node.";

    public static Command Build()
    {
        Option<string?> network = new("--network") { HelpName = "NAME", Description = "local, testnet or mainnet" };
        Option<string?> role = new("--role") { HelpName = "ROLE", Description = "worker or client" };
        role.AcceptOnlyFromAmong("worker", "client");
        Option<FileInfo?> manifest = new("--manifest") { HelpName = "FILE", Description = "The file that describes the network" };
        Option<DirectoryInfo?> data = new("--data-dir") { HelpName = "DIR", Description = "Where keys, journal and models go" };
        Option<FileInfo> config = new("--config") { HelpName = "FILE", Description = "The file to write", DefaultValueFactory = _ => new FileInfo("node.toml") };
        CocoonCommand command = new("init", "Make a configuration, a data folder and the node's key; what is there is never overwritten")
        {
            Group = CommandGroup.Start,
            Success = "made",
            Failures = [ErrorCode.Failed, ErrorCode.Configuration],
            Examples = ["cocoon init --network local --role client --manifest network.toml"],
        };
        command.AddAll(network, role, manifest, data, config);
        command.SetAction((result, _) => CommandTree.GuardAsync(result.GetValue(CommandTree.Json), async () =>
        {
            Dictionary<string, string?> asked = new()
            {
                ["node.network"] = result.GetValue(network),
                ["node.role"] = result.GetValue(role),
                ["node.manifest"] = result.GetValue(manifest)?.FullName,
                ["node.data_dir"] = result.GetValue(data)?.FullName,
            };
            Made made = Make(result.GetValue(config)!, asked.Where(a => a.Value is not null).ToDictionary(a => a.Key, a => a.Value!));
            await Console.Out.WriteLineAsync(result.GetValue(CommandTree.Json) ? Json(made) : Words(made));
            return 0;
        }));
        return command;
    }

    private static Made Make(FileInfo file, Dictionary<string, string> asked)
    {
        // Read back as the program will: a file that it would refuse is not written.
        string toml = string.Join('\n', asked.Select(a => $"{a.Key[Section.Length..]} = {Toml.Quote(a.Value)}").Prepend("[node]"));
        LoadedConfig loaded = ConfigLoader.Load("the options given", toml, _ => null);
        if (loaded.Problems is [ConfigProblem problem, ..])
        {
            throw new CocoonException(ErrorCode.Usage, problem.Error, problem.Hint);
        }

        if (file.Exists)
        {
            throw new CocoonException(ErrorCode.Failed, $"{file.FullName} exists, and is not overwritten", "name another with --config, or move it away");
        }

        DataFolder folder = DataFolder.Open(loaded.Options.Node.DataDir);
        using NodeKeys keys = folder.Keys();
        using Libp2p.Identity identity = Libp2p.Identity.FromSeed(keys.Identity);
        try
        {
            using FileStream output = new(file.FullName, FileMode.CreateNew, FileAccess.Write);
            output.Write(Encoding.UTF8.GetBytes(ReferenceFile.Write(loaded.Options, asked.Keys)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CocoonException(ErrorCode.Failed, $"{file.FullName} cannot be written: {e.Message}", "name another with --config");
        }

        return new Made(file.FullName, folder.Path, identity.PeerId.ToString(), loaded.Options.Node.Role);
    }

    private static string Words(Made made) => string.Join('\n',
    [
        $"{"config",-12} {made.Config}", $"{"data folder",-12} {made.Folder}", $"{"peer id",-12} {made.PeerId}", "", "next:",
        .. Next(made).Select(command => "  " + command),
    ]);

    private static string Json(Made made) => Encoding.UTF8.GetString(OpenAiJson.Write(w =>
    {
        w.WriteString("config", made.Config);
        w.WriteString("data_dir", made.Folder);
        w.WriteString("peer_id", made.PeerId);
        w.WriteStartArray("next");
        Next(made).ToList().ForEach(w.WriteStringValue);
        w.WriteEndArray();
    }));

    private static IEnumerable<string> Next(Made made) => made.Role == NodeRole.Worker
        ? [$"cocoon models add DIR --config {made.Config}", $"cocoon run --config {made.Config}", $"cocoon status --config {made.Config}"]
        : [$"cocoon run --config {made.Config}", $"cocoon status --config {made.Config}", $"cocoon ask cocoon-tiny \"Hello.\" --config {made.Config}"];

    private sealed record Made(string Config, string Folder, string PeerId, NodeRole Role);
}
