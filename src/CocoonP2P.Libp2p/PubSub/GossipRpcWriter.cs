namespace CocoonP2P.Libp2p;

/// <summary>Writes RPCs with their length before them.</summary>
internal static class GossipRpcWriter
{
    /// <summary>Some implementations end the stream at more than 16 KiB of control in one RPC.</summary>
    private const int MaxIdBytesAnRpc = 12 * 1024;

    public static byte[] Message(GossipMessage message) => LengthPrefixed.Frame(new ProtoWriter().Bytes(2, message.Raw).Written);

    /// <summary>Subscriptions and control, as many RPCs as it takes.</summary>
    public static IEnumerable<byte[]> Control(GossipRpc rpc)
    {
        foreach ((string, bool)[] part in rpc.Subscriptions.Chunk(GossipRpcReader.MaxSubscriptions / 4))
        {
            yield return Subscriptions(part);
        }

        if (rpc.Graft.Count + rpc.Prune.Count > 0)
        {
            yield return Mesh(rpc);
        }

        foreach ((string topic, List<byte[]> ids) in rpc.Have)
        {
            foreach (List<byte[]> part in Split(ids))
            {
                yield return Wrap(1, Ids(new ProtoWriter().Text(1, topic), 2, part));
            }
        }

        foreach (List<byte[]> part in Split(rpc.Want))
        {
            yield return Wrap(2, Ids(new ProtoWriter(), 1, part));
        }

        foreach (List<byte[]> part in Split(rpc.DontWant))
        {
            yield return Wrap(5, Ids(new ProtoWriter(), 1, part));
        }
    }

    private static byte[] Subscriptions((string Topic, bool Subscribe)[] subscriptions)
    {
        var rpc = new ProtoWriter();
        foreach ((string topic, bool subscribe) in subscriptions)
        {
            rpc.Bytes(1, new ProtoWriter().Number(1, subscribe ? 1u : 0u).Text(2, topic).Written);
        }

        return LengthPrefixed.Frame(rpc.Written);
    }

    private static byte[] Mesh(GossipRpc rpc)
    {
        var control = new ProtoWriter();
        foreach (string topic in rpc.Graft)
        {
            control.Bytes(3, new ProtoWriter().Text(1, topic).Written);
        }

        foreach ((string topic, TimeSpan backoff) in rpc.Prune)
        {
            control.Bytes(4, new ProtoWriter().Text(1, topic).Number(3, (ulong)backoff.TotalSeconds).Written);
        }

        return LengthPrefixed.Frame(new ProtoWriter().Bytes(3, control.Written).Written);
    }

    private static byte[] Wrap(int controlField, ProtoWriter content) =>
        LengthPrefixed.Frame(new ProtoWriter().Bytes(3, new ProtoWriter().Bytes(controlField, content.Written).Written).Written);

    private static ProtoWriter Ids(ProtoWriter to, int field, List<byte[]> ids)
    {
        ids.ForEach(id => to.Bytes(field, id));
        return to;
    }

    private static IEnumerable<List<byte[]>> Split(List<byte[]> ids)
    {
        var part = new List<byte[]>();
        int bytes = 0;
        foreach (byte[] id in ids)
        {
            if (part.Count > 0 && bytes + id.Length > MaxIdBytesAnRpc)
            {
                yield return part;
                (part, bytes) = ([], 0);
            }

            part.Add(id);
            bytes += id.Length + 2;
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }
}
