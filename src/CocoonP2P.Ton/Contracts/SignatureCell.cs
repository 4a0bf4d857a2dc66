using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Ton.Contracts;

/// <summary><c>^bits512</c>: a signature in a cell of its own.</summary>
internal static class SignatureCell
{
    public static Cell Store(ReadOnlySpan<byte> signature) => signature.Length == KeyPair.SignatureSize
        ? new CellBuilder().StoreBytes(signature).EndCell()
        : throw new TonFormatException(FormatCode.Range);

    public static bool TryLoad(Cell cell, [NotNullWhen(true)] out byte[]? signature)
    {
        bool fits = cell is { BitLength: KeyPair.SignatureSize * 8, IsExotic: false } && cell.Refs.IsEmpty;
        signature = fits ? cell.Bits.ToArray() : null;
        return fits;
    }
}
