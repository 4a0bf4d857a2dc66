using System.Security.Cryptography;
using NSec.Cryptography;

namespace CocoonP2P.Sessions;

/// <summary>The responder's side of /cocoonp2p/attest/1, without I/O: ReadHello, Reply with a quote over its report data, Finish.</summary>
internal sealed class ResponderHandshake(HandshakeParameters own) : IDisposable
{
    private readonly Key _ephemeral = HandshakeCrypto.NewEphemeral();
    private readonly Transcript _transcript = new();
    private Hello? _hello;
    private HelloReply? _reply;
    private EvidenceBlobs? _blobs;
    private byte[] _binding = [];
    private KeySchedule? _keys;

    /// <summary>M1. Null on success; <paramref name="reportData"/> is then what the platform must quote, 64 bytes.</summary>
    public SessionFault? ReadHello(
        ReadOnlySpan<byte> message, ushort teeKind, byte[] claims, DateTimeOffset now, TimeSpan timeToLive, out byte[]? reportData)
    {
        reportData = null;
        if (!Hello.TryDecode(message, out Hello? hello) || hello is null)
        {
            return new SessionFault(SessionError.Malformed, "hello");
        }

        if (CheckOffer(hello, teeKind) is SessionFault fault)
        {
            return fault;
        }

        byte[] nonce = new byte[32];
        own.Random(nonce);
        _hello = hello;
        _reply = new HelloReply(
            Hello.X25519Suite, hello.Mode & (SessionMode.ResponderAttests | SessionMode.ChannelBinding), own.PeerId,
            _ephemeral.PublicKey.Export(KeyBlobFormat.RawPublicKey), nonce, own.AcceptedTeeKinds, own.PolicyHash);
        _transcript.Append(message).Append(_reply.Encode());
        byte[] transcript1 = _transcript.Hash();
        byte[]? secret = HandshakeCrypto.Agree(_ephemeral, hello.Ephemeral);
        if (secret is null)
        {
            return new SessionFault(SessionError.WeakKey, "the agreement is all zero");
        }

        _keys = new KeySchedule(secret, transcript1);
        _blobs = new EvidenceBlobs([], claims, []);
        _binding = EvidenceCheck.Expected(
            hello, _reply, own.ChannelBinding, transcript1, teeKind, _blobs,
            (ulong)now.ToUnixTimeSeconds(), (uint)timeToLive.TotalSeconds).Encode();
        reportData = BindingTlv.ReportData(_binding);
        return null;
    }

    /// <summary>M2, with the quote over the report data of <see cref="ReadHello"/>.</summary>
    public byte[] Reply(ushort teeKind, byte[] quote, byte[] eventLog)
    {
        Invariant.Holds(_keys is not null && _reply is not null && _blobs is not null, "a reply follows a hello");
        byte[] blobs = (_blobs with { Evidence = new Evidence(teeKind, _binding, quote, eventLog).Encode() }).Encode();
        _transcript.Append(blobs);
        byte[] signature = own.Sign(HandshakeCrypto.SignedMessage(Labels.SignResponder, _transcript.Hash()));
        _transcript.Append(signature);
        byte[] payload = HandshakeCrypto.Seal(_keys.Expand(Labels.HandshakeToInitiator), 0, 2, [.. blobs, .. signature]);
        return [.. _reply.Encode(), .. payload];
    }

    /// <summary>M3 in, M4 out.</summary>
    public SessionFault? Finish(ReadOnlySpan<byte> message, out byte[]? last, out SessionKeys? keys)
    {
        (last, keys) = (null, null);
        Invariant.Holds(_keys is not null && _hello is not null, "a finish follows a reply");
        byte[]? payload = HandshakeCrypto.Open(_keys.Expand(Labels.HandshakeToResponder), 0, 3, message);
        if (payload is null)
        {
            return new SessionFault(SessionError.DecryptionFailed, "the confirmation");
        }

        HandshakeReader reader = new(payload);
        EvidenceBlobs blobs = EvidenceBlobs.Read(ref reader);
        int signed = payload.Length - reader.Remaining;
        byte[] signature = reader.Raw(64).ToArray();
        byte[] finished = reader.Raw(48).ToArray();
        if (!reader.AtEnd || blobs.Evidence.Length + blobs.Claims.Length + blobs.GpuEvidence.Length != 0)
        {
            return new SessionFault(SessionError.Malformed, "the confirmation");
        }

        _transcript.Append(payload.AsSpan(0, signed));
        byte[] signedMessage = HandshakeCrypto.SignedMessage(Labels.SignInitiator, _transcript.Hash());
        if (!HandshakeCrypto.Verify(_hello.Initiator, signedMessage, signature))
        {
            return new SessionFault(SessionError.SignatureInvalid, "the initiator's identity key");
        }

        _transcript.Append(signature);
        if (!CryptographicOperations.FixedTimeEquals(finished, _keys.Finished(Labels.FinishedInitiator, _transcript.Hash())))
        {
            return new SessionFault(SessionError.FinishedInvalid, "the initiator saw another conversation");
        }

        byte[] transcript3 = _transcript.Append(finished).Hash();
        last = HandshakeCrypto.Seal(
            _keys.Expand(Labels.HandshakeToInitiator), 1, 4, _keys.Finished(Labels.FinishedResponder, transcript3));
        keys = _keys.Application(transcript3);
        return null;
    }

    public void Dispose()
    {
        _ephemeral.Dispose();
        _keys?.Dispose();
        _transcript.Dispose();
    }

    private SessionFault? CheckOffer(Hello hello, ushort teeKind)
    {
        if (!hello.NetworkId.AsSpan().SequenceEqual(own.NetworkId))
        {
            return new SessionFault(SessionError.ForeignNetwork, "the initiator is of another network");
        }

        if (!hello.Initiator.AsSpan().SequenceEqual(own.RemotePeer)
            || hello.Initiator.AsSpan().SequenceEqual(own.PeerId)
            || (hello.Expected.Length != 0 && !hello.Expected.AsSpan().SequenceEqual(own.PeerId)))
        {
            return new SessionFault(SessionError.PeerIdMismatch, "the hello is not between this connection's peers");
        }

        const SessionMode known =
            SessionMode.ResponderAttests | SessionMode.InitiatorAttests | SessionMode.Batched | SessionMode.ChannelBinding;
        // This node's initiators do not attest: a worker serves anyone who pays, and grants nothing to a role.
        if ((hello.Mode & ~known) != 0
            || !hello.Mode.HasFlag(SessionMode.ResponderAttests) || hello.Mode.HasFlag(SessionMode.InitiatorAttests)
            || !hello.Suites.AsSpan().Contains(Hello.X25519Suite))
        {
            return new SessionFault(SessionError.Negotiation, $"mode {(byte)hello.Mode}");
        }

        return hello.TeeKinds.AsSpan().Contains(teeKind)
            ? null
            : new SessionFault(SessionError.TeeKindNotAccepted, "the initiator does not accept this node's kind of evidence");
    }
}
