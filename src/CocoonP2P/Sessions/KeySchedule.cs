using System.Security.Cryptography;

namespace CocoonP2P.Sessions;

/// <summary>The key schedule of docs/protocol/session.md §4: HKDF and HMAC with SHA-384.</summary>
internal sealed class KeySchedule : IDisposable
{
    private const int HashBytes = SHA384.HashSizeInBytes;
    private readonly byte[] _handshake;

    /// <summary>Takes the agreed secret and erases it.</summary>
    public KeySchedule(byte[] sharedSecret, ReadOnlySpan<byte> transcript1)
    {
        _handshake = new byte[HashBytes];
        HKDF.Extract(HashAlgorithmName.SHA384, sharedSecret, transcript1, _handshake);
        CryptographicOperations.ZeroMemory(sharedSecret);
    }

    public byte[] Expand(ReadOnlySpan<byte> label, int length = 32)
    {
        byte[] key = new byte[length];
        HKDF.Expand(HashAlgorithmName.SHA384, _handshake, key, label);
        return key;
    }

    public byte[] Finished(ReadOnlySpan<byte> label, ReadOnlySpan<byte> transcript)
    {
        byte[] key = Expand(label, HashBytes);
        byte[] value = HMACSHA384.HashData(key, transcript);
        CryptographicOperations.ZeroMemory(key);
        return value;
    }

    /// <summary>The application keys, once the whole transcript is known.</summary>
    public SessionKeys Application(ReadOnlySpan<byte> transcript3)
    {
        byte[] derived = Expand(Labels.Derived, HashBytes);
        byte[] application = new byte[HashBytes];
        HKDF.Extract(HashAlgorithmName.SHA384, derived, transcript3, application);
        byte[] Derive(ReadOnlySpan<byte> label, int length)
        {
            byte[] key = new byte[length];
            HKDF.Expand(HashAlgorithmName.SHA384, application, key, label);
            return key;
        }

        SessionKeys keys = new(
            Derive(Labels.ToResponder, 32), Derive(Labels.ToInitiator, 32),
            Derive(Labels.Exporter, HashBytes), Derive(Labels.SessionId, 32));
        CryptographicOperations.ZeroMemory(derived);
        CryptographicOperations.ZeroMemory(application);
        return keys;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_handshake);
}

/// <summary>What the handshake leaves behind.</summary>
/// <param name="ToResponder">Key of the initiator's records, 32 bytes.</param>
/// <param name="ToInitiator">Key of the responder's records, 32 bytes.</param>
/// <param name="Exporter">48 bytes, equal on both sides: what receipts key their hashes with.</param>
/// <param name="SessionId">32 bytes, not secret.</param>
internal sealed record SessionKeys(byte[] ToResponder, byte[] ToInitiator, byte[] Exporter, byte[] SessionId)
{
    public override string ToString() => $"session {Convert.ToHexStringLower(SessionId.AsSpan(0, 8))}";
}
