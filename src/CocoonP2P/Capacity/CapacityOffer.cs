using CocoonP2P.Protocol;

namespace CocoonP2P.Capacity;

/// <summary>What a worker announces by gossip, docs/protocol/gossip.md §2. It invites; the quote inside the session binds.</summary>
internal sealed record CapacityOffer
{
    /// <summary>SHA-256 identity of the network, 32 bytes.</summary>
    public required ReadOnlyMemory<byte> NetworkId { get; init; }

    /// <summary>Who offers, 38 bytes; its key signs the offer.</summary>
    public required ReadOnlyMemory<byte> Worker { get; init; }

    /// <summary>Rises with every offer of one worker, over restarts too: the newest counts.</summary>
    public required ulong Sequence { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>After this it is no offer.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>Where to dial, as multiaddrs without the peer id.</summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    /// <summary>Kind of evidence: 0x0001 TDX, 0x8001 simulated.</summary>
    public required ushort TeeKind { get; init; }

    /// <summary>SHA-256 over MRTD and RTMR0 to 3, 32 bytes: a hint that lets a client skip who its policy would refuse.</summary>
    public required ReadOnlyMemory<byte> Measurement { get; init; }

    /// <summary>Where the worker says it is, such as "eu-north"; may be empty.</summary>
    public required string Region { get; init; }

    /// <summary>What it would run now.</summary>
    public required IReadOnlyList<ModelOffer> Models { get; init; }

    /// <summary>By the worker's identity key over <see cref="BytesToSign"/>, 64 bytes.</summary>
    public required ReadOnlyMemory<byte> Signature { get; init; }

    internal byte[] BytesToSign()
    {
        SigningBytes bytes = new SigningBytes("CocoonP2P/offer/v1")
            .Raw(NetworkId.Span).Raw(Worker.Span).U64(Sequence).Time(IssuedAt).Time(Expires);
        bytes.U32((uint)Addresses.Count);
        foreach (string address in Addresses)
        {
            bytes.Text(address);
        }

        bytes.U32(TeeKind).Raw(Measurement.Span).Text(Region).U32((uint)Models.Count);
        foreach (ModelOffer model in Models)
        {
            bytes.Text(model.Name).Raw(model.Id.Span).U32((uint)model.ContextTokens)
                .U64(model.PromptPrice).U64(model.CompletionPrice)
                .U32((uint)model.Slots).U32((uint)model.FreeSlots).U32((uint)model.TokensPerSecond);
        }

        return bytes.ToArray();
    }
}

/// <summary>One model of an offer.</summary>
/// <param name="Name">1 to 64 bytes of ASCII.</param>
/// <param name="Id">SHA-256 of the canonical manifest, 32 bytes.</param>
/// <param name="ContextTokens">Most tokens of prompt and answer together.</param>
/// <param name="PromptPrice">Nanoton for 10⁶ tokens of prompt.</param>
/// <param name="CompletionPrice">Nanoton for 10⁶ generated tokens.</param>
/// <param name="Slots">Jobs at once.</param>
/// <param name="FreeSlots">Jobs it would start now.</param>
/// <param name="TokensPerSecond">As the worker measured for one job; 0 where it has not.</param>
internal sealed record ModelOffer(
    string Name,
    ReadOnlyMemory<byte> Id,
    int ContextTokens,
    ulong PromptPrice,
    ulong CompletionPrice,
    int Slots,
    int FreeSlots,
    int TokensPerSecond);
