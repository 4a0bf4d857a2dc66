using System.Globalization;

namespace CocoonP2P.Libp2p.TestPeer;

/// <summary>What the peer was started with. Options it does not know are an error; <c>--services</c> is accepted, all run always.</summary>
internal sealed record PeerArguments(IReadOnlyList<Multiaddress> Listen, byte[]? Seed, TimeSpan Heartbeat)
{
    public static PeerArguments Parse(string[] args)
    {
        var listen = new List<Multiaddress>();
        var parsed = new PeerArguments(listen, null, TimeSpan.FromMilliseconds(100));
        string port = "0";
        for (int i = 0; i + 1 < args.Length; i += 2)
        {
            string value = args[i + 1];
            switch (args[i])
            {
                case "--port": port = value; break;
                case "--listen": listen.Add(Multiaddress.Parse(value)); break;
                case "--seed": parsed = parsed with { Seed = Convert.FromHexString(value) }; break;
                case "--heartbeat": parsed = parsed with { Heartbeat = TimeSpan.FromMilliseconds(int.Parse(value, CultureInfo.InvariantCulture)) }; break;
                case "--services": break;
                default: throw new ArgumentException($"unknown option {args[i]}", nameof(args));
            }
        }

        if (listen.Count == 0)
        {
            listen.Add(Multiaddress.Parse($"/ip4/127.0.0.1/tcp/{port}"));
        }

        return parsed;
    }
}
