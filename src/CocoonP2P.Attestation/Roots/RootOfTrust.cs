using System.Security.Cryptography;

namespace CocoonP2P.Attestation;

/// <summary>
/// A key under which platforms are certified, pinned. A production policy holds <see cref="IntelRoot"/>s and a simulated
/// network's holds <see cref="SimulatedRoot"/>s: no policy can hold both.
/// </summary>
public abstract class RootOfTrust
{
    private readonly byte[] publicKey;

    private protected RootOfTrust(string name, TeeKind kind, string commonNamePrefix, byte[] publicKey)
    {
        if (!P256Key.TryImport(publicKey, out P256Key? key))
        {
            throw new ArgumentException("A root's key is x and y of a P-256 point, 64 bytes.", nameof(publicKey));
        }

        Name = name;
        Kind = kind;
        CommonNamePrefix = commonNamePrefix;
        this.publicKey = publicKey;
        Key = key;
        Id = Convert.ToHexStringLower(SHA256.HashData(publicKey).AsSpan(0, 8));
    }

    /// <summary>For a person.</summary>
    public string Name { get; }

    /// <summary>The kind of evidence that chains to this root.</summary>
    public TeeKind Kind { get; }

    /// <summary>x and y, big endian, 64 bytes.</summary>
    public ReadOnlySpan<byte> PublicKey => publicKey;

    internal P256Key Key { get; }

    /// <summary>Separates the floors of one root from those of another.</summary>
    internal string Id { get; }

    internal string PlatformCaName => CommonNamePrefix + " PCK Platform CA";

    internal string PckName => CommonNamePrefix + " PCK Certificate";

    internal string TcbSigningName => CommonNamePrefix + " TCB Signing";

    internal abstract ReadOnlySpan<byte> Vendor { get; }

    private protected string CommonNamePrefix { get; }

    internal bool Owns(Certificate certificate) => certificate.PublicKey.AsSpan().SequenceEqual(publicKey);
}
