using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using CocoonP2P.Libp2p;
using CocoonP2P.Libp2p.TestPeer;
using Microsoft.Extensions.Logging.Abstractions;

// The C# peer of the interop suite, driven over stdin and stdout: docs/protocol/test-peer.md.
PeerArguments arguments = PeerArguments.Parse(args);
using Identity identity = arguments.Seed is null ? Identity.Create() : Identity.FromSeed(arguments.Seed);
var options = new Libp2pOptions { AgentVersion = "cs-test-peer/1", ListenAddresses = arguments.Listen };
await using ILocalPeer peer = new PeerFactory(options, TimeProvider.System, NullLoggerFactory.Instance).Create(identity);
await using var pubsub = new PubsubRouter(
    peer, new PubsubSettings { Heartbeat = arguments.Heartbeat }, TimeProvider.System, new Random(2), NullLoggerFactory.Instance);

var output = new Output(Console.Out);
using var commands = new Commands(peer, pubsub, output);
await peer.StartListenAsync();
JsonObject ready = commands.Info();
ready["pid"] = Environment.ProcessId;
output.Event("ready", ready);

using var stop = new CancellationTokenSource();
using PosixSignalRegistration term = PosixSignalRegistration.Create(
    PosixSignal.SIGTERM,
    signal =>
    {
        signal.Cancel = true;
        stop.Cancel();
    });
await commands.RunAsync(Console.In, stop.Token);
