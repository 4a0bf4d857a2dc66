using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Libp2p;

/// <summary>Reads an RPC within the bounds of gossip; everything is counted before it is kept.</summary>
internal static class GossipRpcReader
{
    public const int MaxRpcBytes = 1024 * 1024;

    /// <summary>Subscriptions an honest peer announces at once.</summary>
    public const int MaxSubscriptions = 512;

    public const int MaxMessages = 1000;

    /// <summary>GRAFT and PRUNE, each.</summary>
    public const int MaxMeshChanges = 256;

    /// <summary>Ids in IHAVE, and in IWANT.</summary>
    public const int MaxIds = 5000;

    public const int MaxDontWant = 512;

    private static readonly TimeSpan DefaultBackoff = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan MaxBackoff = TimeSpan.FromHours(1);

    public static bool TryRead(ReadOnlySpan<byte> bytes, int maxData, [NotNullWhen(true)] out GossipRpc? rpc)
    {
        rpc = null;
        var read = new GossipRpc();
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            if (!reader.IsBytes)
            {
                continue;
            }

            bool valid = reader.Field switch
            {
                1 => TryReadSubscription(reader.Bytes, read),
                2 => TryReadMessage(reader.Bytes, maxData, read),
                3 => TryReadControl(reader.Bytes, read),
                _ => true,
            };
            if (!valid)
            {
                return false;
            }
        }

        rpc = reader.Failed ? null : read;
        return rpc is not null;
    }

    private static bool TryReadMessage(ReadOnlySpan<byte> bytes, int maxData, GossipRpc rpc)
    {
        if (rpc.Messages.Count + rpc.Malformed == MaxMessages)
        {
            return false;
        }

        if (GossipMessage.TryRead(bytes, maxData, out GossipMessage? message))
        {
            rpc.Messages.Add(message);
        }
        else
        {
            rpc.Malformed++;
        }

        return true;
    }

    private static bool TryReadSubscription(ReadOnlySpan<byte> bytes, GossipRpc rpc)
    {
        bool subscribe = false;
        string? topic = null;
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1 when reader.IsNumber: subscribe = reader.Number != 0; break;
                case 2 when reader.IsBytes && !StrictText.TryRead(reader.Bytes, GossipMessage.MaxTopicBytes, out topic): return false;
            }
        }

        if (reader.Failed || topic is null || rpc.Subscriptions.Count == MaxSubscriptions)
        {
            return false;
        }

        rpc.Subscriptions.Add((topic, subscribe));
        return true;
    }

    private static bool TryReadControl(ReadOnlySpan<byte> bytes, GossipRpc rpc)
    {
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            bool valid = !reader.IsBytes || reader.Field switch
            {
                1 => TryReadHave(reader.Bytes, rpc),
                2 => TryReadIds(reader.Bytes, 1, MaxIds, rpc.Want),
                3 => TryReadGraft(reader.Bytes, rpc),
                4 => TryReadPrune(reader.Bytes, rpc),
                5 => TryReadIds(reader.Bytes, 1, MaxDontWant, rpc.DontWant),
                _ => true,
            };
            if (!valid)
            {
                return false;
            }
        }

        return !reader.Failed;
    }

    private static bool TryReadHave(ReadOnlySpan<byte> bytes, GossipRpc rpc)
    {
        int before = rpc.Have.Sum(h => h.Ids.Count);
        var ids = new List<byte[]>();
        if (rpc.Have.Count == MaxMeshChanges || !TryReadTopic(bytes, out string? topic) || !TryReadIds(bytes, 2, MaxIds - before, ids))
        {
            return false;
        }

        rpc.Have.Add((topic, ids));
        return true;
    }

    private static bool TryReadGraft(ReadOnlySpan<byte> bytes, GossipRpc rpc)
    {
        if (rpc.Graft.Count == MaxMeshChanges || !TryReadTopic(bytes, out string? topic))
        {
            return false;
        }

        rpc.Graft.Add(topic);
        return true;
    }

    private static bool TryReadPrune(ReadOnlySpan<byte> bytes, GossipRpc rpc)
    {
        if (rpc.Prune.Count == MaxMeshChanges || !TryReadTopic(bytes, out string? topic))
        {
            return false;
        }

        TimeSpan backoff = DefaultBackoff;
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            if (reader is { Field: 3, IsNumber: true })
            {
                backoff = TimeSpan.FromSeconds(Math.Min(reader.Number, (ulong)MaxBackoff.TotalSeconds));
            }
        }

        rpc.Prune.Add((topic, backoff));
        return true;
    }

    /// <summary>Field 1, as all control about topics has it.</summary>
    private static bool TryReadTopic(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? topic)
    {
        topic = null;
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            if (reader is { Field: 1, IsBytes: true } && !StrictText.TryRead(reader.Bytes, GossipMessage.MaxTopicBytes, out topic))
            {
                return false;
            }
        }

        return !reader.Failed && topic is not null;
    }

    private static bool TryReadIds(ReadOnlySpan<byte> bytes, int field, int limit, List<byte[]> ids)
    {
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            if (reader.Field != field || !reader.IsBytes)
            {
                continue;
            }

            if (ids.Count >= limit || reader.Bytes.Length > MessageIdHasher.MaxIdBytes)
            {
                return false;
            }

            ids.Add(reader.Bytes.ToArray());
        }

        return !reader.Failed;
    }
}
