using System.Security.Cryptography;
using System.Text;

namespace CocoonP2P.Node.Http.Doors;

/// <summary>The keys of a node. Tokens are held as hashes, and compared in a time that says nothing about them.</summary>
internal sealed class KeyRing
{
    private readonly (byte[] Hash, ApiKey Key)[] _keys;

    private KeyRing((byte[] Hash, ApiKey Key)[] keys) => _keys = keys;

    /// <summary>No tokens: loopback is open.</summary>
    public static readonly KeyRing Empty = new([]);

    public bool IsEmpty => _keys.Length == 0;

    public static KeyRing Of(IEnumerable<(string Token, ApiKey Key)> keys) =>
        new([.. keys.Select(k => (SHA256.HashData(Encoding.UTF8.GetBytes(k.Token)), k.Key))]);

    /// <summary>The key behind "Bearer TOKEN"; null for none, or one that is unknown.</summary>
    public ApiKey? Find(string? authorization)
    {
        const string Prefix = "Bearer ";
        if (authorization is null || !authorization.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(authorization[Prefix.Length..].Trim()));
        ApiKey? found = null;
        foreach ((byte[] known, ApiKey key) in _keys)
        {
            found = CryptographicOperations.FixedTimeEquals(known, hash) ? key : found;
        }

        return found;
    }
}
