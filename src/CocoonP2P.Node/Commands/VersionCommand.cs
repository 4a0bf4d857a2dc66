using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using CocoonP2P.Node.Commands.Help;
using CocoonP2P.Node.Http;
using CocoonP2P.Sessions;

namespace CocoonP2P.Node.Commands;

/// <summary>`cocoon version`: what exactly runs here.</summary>
internal static class VersionCommand
{
    public static Command Build()
    {
        CocoonCommand command = new("version", "Print version, commit, protocol and runtime")
        {
            Group = CommandGroup.Develop,
            Success = "printed",
            Examples = ["cocoon version --json"],
        };
        command.SetAction(result =>
        {
            IReadOnlyList<(string Name, string Value)> facts = Facts();
            Console.Out.WriteLine(result.GetValue(CommandTree.Json)
                ? Encoding.UTF8.GetString(OpenAiJson.Write(w => facts.ToList().ForEach(f => w.WriteString(f.Name, f.Value))))
                : string.Join(Environment.NewLine, facts.Select(f => $"{f.Name,-12} {f.Value}")));
            return 0;
        });
        return command;
    }

    private static List<(string Name, string Value)> Facts()
    {
        // "1.2.3+COMMIT", as the build stamps it.
        string[] stamp = (typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+');
        return
        [
            ("version", stamp[0]),
            ("commit", stamp.Length > 1 ? stamp[1] : ""),
            ("protocol", SessionLimits.Protocol),
            ("runtime", RuntimeInformation.FrameworkDescription),
            ("system", RuntimeInformation.RuntimeIdentifier),
        ];
    }
}
