using System.Security.Cryptography;

namespace CocoonP2P.Hosting;

/// <summary>
/// The node's keys, each by HKDF from one secret under a label of its own: wallets sign bare hashes, so a key that signs
/// channel states must never be one that signs anything else.
/// </summary>
internal sealed class NodeKeys : IDisposable
{
    /// <summary>Bytes of the secret.</summary>
    public const int SecretBytes = 32;

    private readonly byte[] _secret;

    /// <summary>Takes the secret and owns it.</summary>
    public NodeKeys(byte[] secret)
    {
        Invariant.Holds(secret.Length == SecretBytes, "the node's secret is 32 bytes");
        _secret = secret;
    }

    /// <summary>Seed of the peer id's key.</summary>
    public byte[] Identity => Derive("CocoonP2P/key/v1/identity"u8);

    /// <summary>Seed of the hot wallet's key.</summary>
    public byte[] Wallet => Derive("CocoonP2P/key/v1/wallet"u8);

    /// <summary>Seed of the key that signs channel states in this role.</summary>
    public byte[] Channel(bool worker) =>
        worker ? Derive("CocoonP2P/key/v1/worker channel"u8) : Derive("CocoonP2P/key/v1/client channel"u8);

    public void Dispose() => CryptographicOperations.ZeroMemory(_secret);

    private byte[] Derive(ReadOnlySpan<byte> label)
    {
        byte[] key = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA512, _secret, key, salt: [], info: label);
        return key;
    }
}
