using System.Security.Cryptography;

namespace CocoonP2P.Libp2p;

/// <summary>The name of a peer: a multihash of its public key. 34 to 44 bytes; equal by content; ordered by its bytes.</summary>
/// <remarks>
/// Specification peer-ids/peer-ids.md. Printed in base58 (<c>12D3…</c>); also read as a version 1 CID (<c>bafz…</c>).
/// The default value names nobody.
/// </remarks>
public readonly struct PeerId : IEquatable<PeerId>, IComparable<PeerId>
{
    /// <summary>Public keys up to this length stand in the id itself; longer ones are hashed.</summary>
    internal const int MaxInlineKey = 42;

    private const byte IdentityHash = 0x00;
    private const byte Sha256Hash = 0x12;
    private readonly byte[]? _bytes;

    private PeerId(byte[] bytes) => _bytes = bytes;

    /// <summary>True for the default value.</summary>
    public bool IsEmpty => _bytes is null;

    internal ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The id of a public key in its protobuf form.</summary>
    internal static PeerId FromPublicKeyProto(ReadOnlySpan<byte> key) =>
        key.Length <= MaxInlineKey
            ? new([IdentityHash, (byte)key.Length, .. key])
            : new([Sha256Hash, 32, .. SHA256.HashData(key)]);

    /// <summary>Reads the binary form; false unless it is an identity or SHA2-256 multihash of the right length.</summary>
    public static bool TryFromBytes(ReadOnlySpan<byte> bytes, out PeerId peer)
    {
        bool valid = bytes.Length > 2 && bytes[1] == bytes.Length - 2
            && (bytes[0] == IdentityHash ? bytes[1] <= MaxInlineKey : bytes[0] == Sha256Hash && bytes[1] == 32);
        peer = valid ? new PeerId(bytes.ToArray()) : default;
        return valid;
    }

    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">It is not a peer id.</exception>
    public static PeerId Parse(string text) => TryParse(text, out PeerId peer) ? peer : throw new FormatException($"not a peer id: {text}");

    /// <summary>Reads base58 (<c>1…</c>, <c>Qm…</c>) or a version 1 CID with codec libp2p-key (<c>b…</c>, <c>z…</c>).</summary>
    public static bool TryParse(string? text, out PeerId peer)
    {
        peer = default;
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        if (text[0] == '1' || text.StartsWith("Qm", StringComparison.Ordinal))
        {
            return Base58.TryDecode(text, out byte[]? multihash) && TryFromBytes(multihash, out peer);
        }

        byte[]? cid = null;
        bool decoded = text[0] switch
        {
            'b' => Base32.TryDecode(text.AsSpan(1), out cid),
            'z' => Base58.TryDecode(text.AsSpan(1), out cid),
            _ => false,
        };

        // Version 1, codec 0x72 (libp2p-key), then the multihash.
        return decoded && cid is [1, 0x72, ..] && TryFromBytes(cid.AsSpan(2), out peer);
    }

    /// <summary>The binary form.</summary>
    public byte[] ToBytes() => Bytes.ToArray();

    /// <inheritdoc/>
    public override string ToString() => Base58.Encode(Bytes);

    /// <inheritdoc/>
    public bool Equals(PeerId other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PeerId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public int CompareTo(PeerId other) => Bytes.SequenceCompareTo(other.Bytes);

    /// <summary>Equal by content.</summary>
    public static bool operator ==(PeerId left, PeerId right) => left.Equals(right);

    /// <summary>Different by content.</summary>
    public static bool operator !=(PeerId left, PeerId right) => !left.Equals(right);

    /// <summary>Smaller as bytes.</summary>
    public static bool operator <(PeerId left, PeerId right) => left.CompareTo(right) < 0;

    /// <summary>Smaller or equal as bytes.</summary>
    public static bool operator <=(PeerId left, PeerId right) => left.CompareTo(right) <= 0;

    /// <summary>Greater as bytes.</summary>
    public static bool operator >(PeerId left, PeerId right) => left.CompareTo(right) > 0;

    /// <summary>Greater or equal as bytes.</summary>
    public static bool operator >=(PeerId left, PeerId right) => left.CompareTo(right) >= 0;

    /// <summary>The public key, where the id carries it.</summary>
    internal PublicKey? InlineKey => Bytes is [IdentityHash, _, .. var key] && PublicKey.TryParse(key, out PublicKey? parsed) ? parsed : null;
}
