using System.CommandLine;
using CocoonP2P.Node.Commands.Help;
using CocoonP2P.Node.Demo;

namespace CocoonP2P.Node.Commands;

/// <summary>`cocoon demo`: a whole network on this machine, one paid prompt.</summary>
internal static class DemoCommand
{
    public static Command Build()
    {
        Argument<string> prompt = new("prompt") { Description = "What to ask", DefaultValueFactory = _ => "Tell me a story about a lamp." };
        Option<DirectoryInfo?> model = new("--model") { HelpName = "DIR", Description = "A model folder with a manifest; without it, cocoon-tiny" };
        Option<string?> system = new("--system") { HelpName = "TEXT", Description = "A system message" };
        Option<int> maxTokens = new("--max-tokens") { HelpName = "N", Description = "Most tokens of the answer", DefaultValueFactory = _ => 120 };
        Option<long?> seed = new("--seed") { HelpName = "N", Description = "Sampling seed; without it, one is drawn" };
        Option<double> temperature = new("--temperature") { HelpName = "N", Description = "0 to 2", DefaultValueFactory = _ => 0.7 };
        Option<bool> keep = new("--keep") { Description = "Leave the network up and print a curl line for its endpoint" };
        CocoonCommand command = new("demo", "Start a local TON chain, two simulated workers and a client; pay for one prompt; settle")
        {
            Group = CommandGroup.Start,
            Success = "answered and settled",
            Failures = [ErrorCode.Failed, ErrorCode.AttestationRefused, ErrorCode.InsufficientFunds, ErrorCode.Configuration, ErrorCode.Interrupted],
            Examples = ["cocoon demo \"Tell me a story about a boat.\"", "cocoon demo --keep"],
        };
        command.Arguments.Add(prompt);
        command.AddAll(model, system, maxTokens, seed, temperature, keep);
        command.SetAction((result, cancellationToken) => CommandTree.GuardAsync(result.GetValue(CommandTree.Json), () => DemoRun.RunAsync(
            new DemoOptions(
                result.GetValue(prompt)!, result.GetValue(model)?.FullName, result.GetValue(system), result.GetValue(maxTokens), result.GetValue(seed),
                result.GetValue(temperature), result.GetValue(keep), result.GetValue(CommandTree.Json)),
            TimeProvider.System, cancellationToken)));
        return command;
    }
}
