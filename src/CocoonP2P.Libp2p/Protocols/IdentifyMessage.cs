using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Libp2p;

/// <summary>What a peer says of itself. A field that is null was absent, which in a push means unchanged.</summary>
/// <remarks>Specification identify/README.md, "The Identify Message"; field 8 is the signed record (docs/protocol/libp2p.md).</remarks>
internal sealed record IdentifyMessage
{
    private const int MaxProtocols = 128;
    private const int MaxText = 128;
    private const int MaxAddresses = 64;

    public byte[]? PublicKey { get; init; }

    public IReadOnlyList<Multiaddress> ListenAddresses { get; init; } = [];

    public IReadOnlyList<string> Protocols { get; init; } = [];

    public Multiaddress? ObservedAddress { get; init; }

    public string? ProtocolVersion { get; init; }

    public string? AgentVersion { get; init; }

    /// <summary>Null where there is none that verifies: others sign theirs for other domains.</summary>
    public PeerRecord? Record { get; init; }

    public byte[]? SignedRecord { get; init; }

    public byte[] Write()
    {
        var writer = new ProtoWriter();
        writer.Bytes(1, PublicKey);
        foreach (Multiaddress address in ListenAddresses)
        {
            writer.Bytes(2, address.ToBytes());
        }

        foreach (string protocol in Protocols)
        {
            writer.Text(3, protocol);
        }

        if (ObservedAddress is not null)
        {
            writer.Bytes(4, ObservedAddress.ToBytes());
        }

        writer.Text(5, ProtocolVersion ?? "").Text(6, AgentVersion ?? "");
        return (SignedRecord is null ? writer : writer.Bytes(8, SignedRecord)).ToArray();
    }

    /// <summary>This, with what the newer message has.</summary>
    public IdentifyMessage UpdatedBy(IdentifyMessage newer) => new()
    {
        PublicKey = newer.PublicKey ?? PublicKey,
        ListenAddresses = newer.ListenAddresses.Count > 0 ? newer.ListenAddresses : ListenAddresses,
        Protocols = newer.Protocols.Count > 0 ? newer.Protocols : Protocols,
        ObservedAddress = newer.ObservedAddress ?? ObservedAddress,
        ProtocolVersion = newer.ProtocolVersion ?? ProtocolVersion,
        AgentVersion = newer.AgentVersion ?? AgentVersion,
        Record = newer.Record is { } record && record.Sequence >= (Record?.Sequence ?? 0) ? record : Record,
    };

    /// <summary>False if it is malformed, too long, or speaks of another peer than <paramref name="sender"/>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, PeerId sender, [NotNullWhen(true)] out IdentifyMessage? message)
    {
        message = null;
        var read = new IdentifyMessage();
        var addresses = new List<Multiaddress>();
        var protocols = new List<string>();
        var reader = new ProtoReader(bytes);
        while (reader.Next())
        {
            if (!reader.IsBytes)
            {
                continue;
            }

            switch (reader.Field)
            {
                case 1: read = read with { PublicKey = reader.Bytes.ToArray() }; break;
                case 2 when addresses.Count == MaxAddresses: return false;
                case 2 when Multiaddress.TryFromBytes(reader.Bytes, out Multiaddress? address): addresses.Add(address); break;
                case 3 when protocols.Count == MaxProtocols: return false;
                case 3 when StrictText.TryRead(reader.Bytes, MaxText, out string? protocol): protocols.Add(protocol); break;
                case 3: return false;
                case 4 when Multiaddress.TryFromBytes(reader.Bytes, out Multiaddress? observed): read = read with { ObservedAddress = observed }; break;
                case 5 when StrictText.TryRead(reader.Bytes, MaxText, out string? version): read = read with { ProtocolVersion = version }; break;
                case 6 when StrictText.TryRead(reader.Bytes, MaxText, out string? agent): read = read with { AgentVersion = agent }; break;
                case 8 when PeerRecord.TryOpen(reader.Bytes, out PeerRecord? record): read = read with { Record = record }; break;
            }
        }

        if (reader.Failed
            || (read.PublicKey is not null && PeerId.FromPublicKeyProto(read.PublicKey) != sender)
            || (read.Record is not null && read.Record.Peer != sender))
        {
            return false;
        }

        message = read with { ListenAddresses = addresses, Protocols = protocols };
        return true;
    }
}
