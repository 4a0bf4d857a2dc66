using System.CommandLine;
using System.Text.Json;
using CocoonP2P.Node.Commands.Help;
using CocoonP2P.Node.Terminal;

namespace CocoonP2P.Node.Commands;

/// <summary>`cocoon peers list|show`, `cocoon why-not`: the market in words, as the running node sees it.</summary>
internal static class PeersCommand
{
    private const string SamplePeer = "12D3KooWGC6TvWhfapngX6wvJHMYvKpDMXPb3ZnCZ6dMoaMtimQ5";

    private static readonly ErrorCode[] NodeFailures = [ErrorCode.NoNode, ErrorCode.Configuration];

    public static Command Build()
    {
        CocoonCommand list = new("list", "List the workers that offer something or are remembered")
        {
            Success = "listed",
            Failures = NodeFailures,
            Examples = ["cocoon peers list"],
        };
        Ask(list, null, _ => "/control/peers", PeerText.List);
        Argument<string> peer = Peer();
        CocoonCommand show = new("show", "Show what a worker offers and what was measured of it")
        {
            Success = "shown",
            Failures = NodeFailures,
            Examples = [$"cocoon peers show {SamplePeer} --json"],
        };
        Ask(show, peer, result => $"/control/peers/{Uri.EscapeDataString(result.GetValue(peer)!)}", PeerText.Show);
        return new CocoonCommand("peers", "The workers of this network, as this node sees them") { Group = CommandGroup.Network }.AddAll(list, show);
    }

    public static Command BuildWhyNot()
    {
        Argument<string> peer = Peer();
        Option<string?> model = new("--model") { HelpName = "NAME", Description = "Name or id of a model; without it, each that the worker offers" };
        CocoonCommand whyNot = new("why-not", "Say why a worker gets no jobs of this node, or how many")
        {
            Group = CommandGroup.Operate,
            Success = "explained",
            Failures = [.. NodeFailures, ErrorCode.UnknownModel],
            Examples = [$"cocoon why-not {SamplePeer}", $"cocoon why-not {SamplePeer} --model cocoon-tiny --json"],
        };
        whyNot.AddAll(model);
        Ask(
            whyNot, peer,
            result => $"/control/peers/{Uri.EscapeDataString(result.GetValue(peer)!)}/why-not"
                + (result.GetValue(model) is { } name ? $"?model={Uri.EscapeDataString(name)}" : ""),
            PeerText.WhyNot);
        return whyNot;
    }

    private static Argument<string> Peer() => new("peer") { HelpName = "PEER", Description = "Peer id of the worker, as cocoon peers list prints it" };

    private static void Ask(CocoonCommand command, Argument<string>? peer, Func<ParseResult, string> path, Func<JsonElement, IEnumerable<string>> text)
    {
        Option<FileInfo?> config = ConfigFile.Option();
        if (peer is not null)
        {
            command.Arguments.Add(peer);
        }

        command.AddAll(config);
        command.SetAction((result, cancellationToken) => CommandTree.GuardAsync(result.GetValue(CommandTree.Json), async () =>
        {
            JsonElement answer = await RunningNode.GetAsync(result.GetValue(config), path(result), cancellationToken);
            Print(result.GetValue(CommandTree.Json) ? [answer.GetRawText()] : text(answer));
            return 0;
        }));
    }

    private static void Print(IEnumerable<string> lines) => lines.ToList().ForEach(Console.Out.WriteLine);
}
