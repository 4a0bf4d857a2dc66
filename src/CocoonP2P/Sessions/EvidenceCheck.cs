using System.Security.Cryptography;

namespace CocoonP2P.Sessions;

/// <summary>Builds the binding that a handshake demands and compares it, byte for byte, with the one that was quoted.</summary>
internal static class EvidenceCheck
{
    /// <summary>The binding of the responder's evidence, from values that the caller knows or has checked.</summary>
    public static BindingTlv Expected(
        Hello hello, HelloReply reply, byte[] channelBinding, byte[] transcript1, ushort teeKind, EvidenceBlobs blobs, ulong issuedAt, uint timeToLive) =>
        new()
        {
            Suite = reply.Suite,
            AttesterRole = (byte)'R',
            Mode = reply.Mode,
            NetworkId = hello.NetworkId,
            AttesterPeer = reply.Responder,
            VerifierPeer = hello.Initiator,
            AttesterEphemeral = reply.Ephemeral,
            VerifierEphemeral = hello.Ephemeral,
            VerifierNonce = hello.Nonce,
            AttesterNonce = reply.Nonce,
            ChannelBinding = reply.Mode.HasFlag(SessionMode.ChannelBinding) ? channelBinding : new byte[32],
            TranscriptHash = transcript1,
            TeeKind = teeKind,
            ClaimsHash = SHA384.HashData(blobs.Claims),
            GpuHash = blobs.GpuEvidence.Length == 0 ? new byte[48] : SHA384.HashData(blobs.GpuEvidence),
            PolicyHash = hello.PolicyHash,
            IssuedAt = issuedAt,
            TimeToLive = timeToLive,
        };

    public static SessionFault? Run(
        HandshakeParameters own, Hello hello, HelloReply reply, byte[] transcript1, EvidenceBlobs blobs, DateTimeOffset now, out PeerEvidence? evidence)
    {
        evidence = null;
        if (!Evidence.TryDecode(blobs.Evidence, out Evidence? read) || read is null
            || !BindingTlv.TryReadTimes(read.Binding, out ulong issuedAt, out uint timeToLive)
            || issuedAt > 253_402_300_799)
        {
            return new SessionFault(SessionError.Malformed, "evidence");
        }

        if (!own.AcceptedTeeKinds.AsSpan().Contains(read.TeeKind))
        {
            return new SessionFault(SessionError.TeeKindNotAccepted, $"evidence of kind 0x{read.TeeKind:x4}");
        }

        byte[] expected = Expected(hello, reply, own.ChannelBinding, transcript1, read.TeeKind, blobs, issuedAt, timeToLive).Encode();
        if (BindingTlv.FirstDifference(expected, read.Binding) is int tag and not 0)
        {
            SessionError error = tag switch
            {
                BindingTlv.NonceTag => SessionError.NonceMismatch,
                0x06 => SessionError.PeerIdMismatch,
                _ => SessionError.BindingMismatch,
            };
            return new SessionFault(error, $"binding field 0x{tag:x2}");
        }

        if (!RuntimeClaims.TryDecode(blobs.Claims, out RuntimeClaims? claims) || claims is null)
        {
            return new SessionFault(SessionError.ClaimsMalformed, $"{blobs.Claims.Length} bytes of claims");
        }

        evidence = new PeerEvidence(
            read.TeeKind, read.Quote, read.EventLog, BindingTlv.ReportData(expected), expected, claims, now,
            DateTimeOffset.FromUnixTimeSeconds((long)issuedAt), TimeSpan.FromSeconds(timeToLive));
        return null;
    }
}
