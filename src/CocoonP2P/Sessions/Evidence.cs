namespace CocoonP2P.Sessions;

/// <summary>A quote with the binding it was made over, docs/protocol/session.md §5.</summary>
/// <param name="TeeKind">See <see cref="TeeKinds"/>.</param>
/// <param name="Binding">The encoded <see cref="BindingTlv"/>.</param>
/// <param name="Quote">As the platform made it.</param>
/// <param name="EventLog">The used part of the CCEL; may be empty.</param>
internal sealed record Evidence(ushort TeeKind, byte[] Binding, byte[] Quote, byte[] EventLog)
{
    public byte[] Encode() => new HandshakeWriter()
        .U16(TeeKind).Blob(Binding).Blob(Quote)
        .U32(0).U32(0).U8(0)
        .Blob(EventLog)
        .ToArray();

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Evidence? evidence)
    {
        HandshakeReader reader = new(bytes);
        Evidence read = new(
            reader.U16(),
            reader.Blob(SessionLimits.BindingBytes).ToArray(),
            reader.Blob(SessionLimits.QuoteBytes).ToArray(),
            []);

        // n, index and path belong to batched quotes, which this node does not offer: its mode never has that bit.
        bool single = reader.U32() == 0 && reader.U32() == 0 && reader.U8() == 0;
        read = read with { EventLog = reader.Blob(SessionLimits.EventLogBytes).ToArray() };
        evidence = reader.AtEnd && single ? read : null;
        return evidence is not null;
    }
}

/// <summary>The three blobs of an encrypted payload; all empty where the sender does not attest.</summary>
internal sealed record EvidenceBlobs(byte[] Evidence, byte[] Claims, byte[] GpuEvidence)
{
    public static readonly EvidenceBlobs None = new([], [], []);

    public byte[] Encode() => new HandshakeWriter().Blob(Evidence).Blob(Claims).Blob(GpuEvidence).ToArray();

    public static EvidenceBlobs Read(ref HandshakeReader reader) => new(
        reader.Blob(SessionLimits.EvidenceBytes).ToArray(),
        reader.Blob(SessionLimits.ClaimsBytes).ToArray(),
        reader.Blob(SessionLimits.GpuEvidenceBytes).ToArray());
}
