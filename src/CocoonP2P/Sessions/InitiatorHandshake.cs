using System.Security.Cryptography;
using NSec.Cryptography;

namespace CocoonP2P.Sessions;

/// <summary>
/// The initiator's side of /cocoonp2p/attest/1, without I/O: Start, ReadReply, then, only after a verdict, Confirm, Finish.
/// </summary>
internal sealed class InitiatorHandshake(HandshakeParameters own) : IDisposable
{
    private readonly Key _ephemeral = HandshakeCrypto.NewEphemeral();
    private readonly Transcript _transcript = new();
    private Hello? _hello;
    private KeySchedule? _keys;

    /// <summary>M1.</summary>
    public byte[] Start()
    {
        byte[] nonce = new byte[32];
        byte[] blind = new byte[32];
        own.Random(nonce);
        own.Random(blind);
        _hello = new Hello(
            [Hello.X25519Suite],
            SessionMode.ResponderAttests | SessionMode.ChannelBinding,
            own.PeerId,
            own.RemotePeer,
            _ephemeral.PublicKey.Export(KeyBlobFormat.RawPublicKey),
            nonce,
            own.AcceptedTeeKinds,
            // Blinded, so that two sessions of one client cannot be linked by its policy.
            SHA256.HashData([.. Labels.Policy, .. own.PolicyHash, .. blind]),
            own.NetworkId);
        byte[] message = _hello.Encode();
        _transcript.Append(message);
        return message;
    }

    /// <summary>M2. Null on success; the evidence is bound to this handshake, but nothing about it is appraised yet.</summary>
    public SessionFault? ReadReply(ReadOnlySpan<byte> message, DateTimeOffset now, out PeerEvidence? evidence)
    {
        evidence = null;
        Invariant.Holds(_hello is not null, "a reply follows a hello");
        if (!HelloReply.TryDecode(message, out HelloReply? reply, out int clearLength) || reply is null)
        {
            return new SessionFault(SessionError.Malformed, "the reply's clear part");
        }

        if (CheckChoice(reply) is SessionFault fault)
        {
            return fault;
        }

        _transcript.Append(message[..clearLength]);
        byte[] transcript1 = _transcript.Hash();
        byte[]? secret = HandshakeCrypto.Agree(_ephemeral, reply.Ephemeral);
        if (secret is null)
        {
            return new SessionFault(SessionError.WeakKey, "the agreement is all zero");
        }

        _keys = new KeySchedule(secret, transcript1);
        byte[]? payload = HandshakeCrypto.Open(_keys.Expand(Labels.HandshakeToInitiator), 0, 2, message[clearLength..]);
        return payload is null
            ? new SessionFault(SessionError.DecryptionFailed, "the reply's payload")
            : ReadPayload(payload, reply, transcript1, now, out evidence);
    }

    /// <summary>M3: sent only when the responder's evidence was accepted.</summary>
    public byte[] Confirm()
    {
        Invariant.Holds(_keys is not null, "a confirmation follows an accepted reply");
        byte[] blobs = EvidenceBlobs.None.Encode();
        _transcript.Append(blobs);
        byte[] signature = own.Sign(HandshakeCrypto.SignedMessage(Labels.SignInitiator, _transcript.Hash()));
        _transcript.Append(signature);
        byte[] finished = _keys.Finished(Labels.FinishedInitiator, _transcript.Hash());
        _transcript.Append(finished);
        return HandshakeCrypto.Seal(_keys.Expand(Labels.HandshakeToResponder), 0, 3, [.. blobs, .. signature, .. finished]);
    }

    /// <summary>M4: with it both sides know that they saw the same conversation.</summary>
    public SessionFault? Finish(ReadOnlySpan<byte> message, out SessionKeys? keys)
    {
        keys = null;
        Invariant.Holds(_keys is not null, "a finish follows a confirmation");
        byte[] transcript3 = _transcript.Hash();
        byte[]? finished = HandshakeCrypto.Open(_keys.Expand(Labels.HandshakeToInitiator), 1, 4, message);
        if (finished is null)
        {
            return new SessionFault(SessionError.DecryptionFailed, "the last message");
        }

        byte[] expected = _keys.Finished(Labels.FinishedResponder, transcript3);
        if (!CryptographicOperations.FixedTimeEquals(finished, expected))
        {
            return new SessionFault(SessionError.FinishedInvalid, "the responder saw another conversation");
        }

        keys = _keys.Application(transcript3);
        return null;
    }

    public void Dispose()
    {
        _ephemeral.Dispose();
        _keys?.Dispose();
        _transcript.Dispose();
    }

    private SessionFault? CheckChoice(HelloReply reply)
    {
        // The responder may clear bits 2 and 3; the others stand as offered. Version 1 of this client requires the binding.
        if (reply.Suite != Hello.X25519Suite || reply.Mode != _hello!.Mode)
        {
            return new SessionFault(SessionError.Negotiation, $"suite {reply.Suite}, mode {(byte)reply.Mode}");
        }

        if (!reply.Responder.AsSpan().SequenceEqual(own.RemotePeer) || reply.Responder.AsSpan().SequenceEqual(own.PeerId))
        {
            return new SessionFault(SessionError.PeerIdMismatch, "the reply comes from another peer than the connection");
        }

        return null;
    }

    private SessionFault? ReadPayload(byte[] payload, HelloReply reply, byte[] transcript1, DateTimeOffset now, out PeerEvidence? evidence)
    {
        evidence = null;
        HandshakeReader reader = new(payload);
        EvidenceBlobs blobs = EvidenceBlobs.Read(ref reader);
        int signed = payload.Length - reader.Remaining;
        byte[] signature = reader.Raw(64).ToArray();
        if (!reader.AtEnd || blobs.Evidence.Length == 0)
        {
            return new SessionFault(SessionError.Malformed, "the reply's payload");
        }

        _transcript.Append(payload.AsSpan(0, signed));
        byte[] message = HandshakeCrypto.SignedMessage(Labels.SignResponder, _transcript.Hash());
        _transcript.Append(signature);
        if (!HandshakeCrypto.Verify(reply.Responder, message, signature))
        {
            return new SessionFault(SessionError.SignatureInvalid, "the responder's identity key");
        }

        return EvidenceCheck.Run(own, _hello!, reply, transcript1, blobs, now, out evidence);
    }
}
