using CocoonP2P.Ton;

namespace CocoonP2P.Payments;

/// <summary>64 bytes of Ed25519, compared by value.</summary>
/// <param name="R">The first half, a point.</param>
/// <param name="S">The second half, a scalar.</param>
internal readonly record struct Signature(Bits256 R, Bits256 S)
{
    public const int Size = 64;

    public static Signature From(ReadOnlySpan<byte> bytes) => new(new Bits256(bytes[..32]), new Bits256(bytes[32..Size]));

    public byte[] ToArray()
    {
        byte[] bytes = new byte[Size];
        R.CopyTo(bytes);
        S.CopyTo(bytes.AsSpan(Bits256.Size));
        return bytes;
    }
}
