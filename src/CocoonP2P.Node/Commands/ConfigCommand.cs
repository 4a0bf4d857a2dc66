using System.CommandLine;
using CocoonP2P.Node.Commands.Help;
using CocoonP2P.Node.Configuration;
using CocoonP2P.Node.Http;
using CocoonP2P.Node.Terminal;

namespace CocoonP2P.Node.Commands;

/// <summary>`cocoon config check|show|reference`.</summary>
internal static class ConfigCommand
{
    public static Command Build()
    {
        Option<FileInfo?> config = ConfigFile.Option();
        CocoonCommand check = new("check", "Read the configuration and say everything that is wrong with it")
        {
            Success = "good",
            Failures = [ErrorCode.Configuration],
            Examples = ["cocoon config check --config /etc/cocoon/node.toml"],
        };
        check.AddAll(config);
        check.SetAction(result => Check(ConfigFile.Load(result.GetValue(config)), result.GetValue(CommandTree.Json)));
        CocoonCommand show = new("show", "Print every value and where it comes from")
        {
            Success = "printed",
            Failures = [ErrorCode.Configuration],
            Examples = ["cocoon config show --json"],
        };
        show.AddAll(config);
        show.SetAction(result => Show(ConfigFile.Load(result.GetValue(config)), result.GetValue(CommandTree.Json)));
        CocoonCommand reference = new("reference", "Print node.toml with every key at its default")
        {
            Success = "printed",
            Examples = ["cocoon config reference > node.toml"],
        };
        reference.SetAction(_ =>
        {
            Console.Out.Write(ReferenceFile.Write(new CocoonOptions()));
            return 0;
        });
        return new CocoonCommand("config", "Check and show the configuration") { Group = CommandGroup.Operate }.AddAll(check, show, reference);
    }

    private static int Check(LoadedConfig loaded, bool json) => loaded.Problems.Count == 0
        ? 0
        : Failure.Print([.. loaded.Problems.Select(p => (ErrorCode.Configuration, p.Error, p.Hint))], json);

    private static int Show(LoadedConfig loaded, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(System.Text.Encoding.UTF8.GetString(OpenAiJson.Write(w =>
            {
                foreach (ConfigOrigin origin in loaded.Origins)
                {
                    w.WriteStartObject(origin.Key.Name);
                    w.WriteString("value", origin.Shown);
                    w.WriteString("origin", origin.Origin);
                    w.WriteEndObject();
                }
            })));
            return 0;
        }

        foreach (ConfigOrigin origin in loaded.Origins)
        {
            Console.Out.WriteLine($"{origin.Key.Name,-30} {origin.Shown,-36} {origin.Origin}");
        }

        return 0;
    }
}
