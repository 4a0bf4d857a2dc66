namespace CocoonP2P.Sessions;

/// <summary>What a session promises; the bits of the mode byte, docs/protocol/session.md §3.</summary>
[Flags]
internal enum SessionMode : byte
{
    None = 0,

    /// <summary>The responder, normally the worker, attests.</summary>
    ResponderAttests = 1,

    /// <summary>The initiator attests too.</summary>
    InitiatorAttests = 2,

    /// <summary>A quote over a batch of handshakes is accepted.</summary>
    Batched = 4,

    /// <summary>The evidence binds the connection's Noise handshake hash as well.</summary>
    ChannelBinding = 8,
}

/// <summary>The kinds of evidence, as the binding names them.</summary>
internal static class TeeKinds
{
    public const ushort Tdx = 0x0001;

    public const ushort Simulated = 0x8001;
}

/// <summary>M1: what the initiator offers and whom it expects.</summary>
internal sealed record Hello(
    ushort[] Suites,
    SessionMode Mode,
    byte[] Initiator,
    byte[] Expected,
    byte[] Ephemeral,
    byte[] Nonce,
    ushort[] TeeKinds,
    byte[] PolicyHash,
    byte[] NetworkId)
{
    public const ushort Version = 1;

    /// <summary>X25519, SHA-384, ChaCha20-Poly1305.</summary>
    public const ushort X25519Suite = 1;

    public byte[] Encode() => new HandshakeWriter()
        .U16(Version).List(Suites).U8((byte)Mode).Raw(Initiator)
        .U8((byte)Expected.Length).Raw(Expected)
        .Raw(Ephemeral).Raw(Nonce).List(TeeKinds).Raw(PolicyHash).Raw(NetworkId)
        .ToArray();

    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Hello? hello)
    {
        hello = null;
        HandshakeReader reader = new(bytes);
        ushort version = reader.U16();
        ushort[] suites = reader.List(SessionLimits.ListEntries);
        SessionMode mode = (SessionMode)reader.U8();
        byte[] initiator = reader.Raw(SessionLimits.PeerIdBytes).ToArray();
        int expectedLength = reader.U8();
        byte[] expected = reader.Raw(expectedLength is 0 or SessionLimits.PeerIdBytes ? expectedLength : -1).ToArray();
        Hello read = new(
            suites, mode, initiator, expected,
            reader.Raw(32).ToArray(), reader.Raw(32).ToArray(),
            reader.List(SessionLimits.ListEntries),
            reader.Raw(32).ToArray(), reader.Raw(32).ToArray());
        if (!reader.AtEnd || version != Version)
        {
            return false;
        }

        hello = read;
        return true;
    }
}

/// <summary>The clear part of M2: what the responder chose.</summary>
internal sealed record HelloReply(
    ushort Suite,
    SessionMode Mode,
    byte[] Responder,
    byte[] Ephemeral,
    byte[] Nonce,
    ushort[] TeeKinds,
    byte[] PolicyHash)
{
    public byte[] Encode() => new HandshakeWriter()
        .U16(Hello.Version).U16(Suite).U8((byte)Mode).Raw(Responder)
        .Raw(Ephemeral).Raw(Nonce).List(TeeKinds).Raw(PolicyHash)
        .ToArray();

    /// <summary>Reads the clear part; <paramref name="length"/> is where the encrypted payload begins.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out HelloReply? reply, out int length)
    {
        HandshakeReader reader = new(bytes);
        ushort version = reader.U16();
        HelloReply read = new(
            reader.U16(), (SessionMode)reader.U8(),
            reader.Raw(SessionLimits.PeerIdBytes).ToArray(), reader.Raw(32).ToArray(), reader.Raw(32).ToArray(),
            reader.List(SessionLimits.ListEntries), reader.Raw(32).ToArray());
        bool good = reader.Ok && version == Hello.Version;
        (reply, length) = good ? (read, bytes.Length - reader.Remaining) : (null, 0);
        return good;
    }
}
