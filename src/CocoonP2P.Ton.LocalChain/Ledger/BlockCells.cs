using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Ton.LocalChain.Ledger;

/// <summary>Readings that the cells of a block have in common (block.tlb).</summary>
internal static class BlockCells
{
    /// <summary><c>VarUInteger</c> whose length in bytes takes <paramref name="lengthBits"/> bits; values above 64 bits do not occur.</summary>
    public static ulong LoadVarUint(this CellSlice slice, int lengthBits) => slice.LoadUint((int)slice.LoadUint(lengthBits) * 8);

    /// <summary><c>StorageUsed</c>: cells and bits, of which nothing here makes use.</summary>
    public static void SkipStorageUsed(this CellSlice slice)
    {
        slice.LoadVarUint(3);
        slice.LoadVarUint(3);
    }

    /// <summary><c>Maybe Coins</c>; zero where absent.</summary>
    public static Coins LoadMaybeCoins(this CellSlice slice) => slice.LoadBit() ? slice.LoadCoins() : Coins.Zero;

    /// <summary><c>CurrencyCollection</c>, of which only TON counts here.</summary>
    public static Coins LoadCurrency(this CellSlice slice)
    {
        Coins coins = slice.LoadCoins();
        slice.LoadMaybeRef();
        return coins;
    }

    /// <summary>Decodes what the TVM returned, or a client sent, in base64.</summary>
    public static bool TryDecodeBase64(string text, [NotNullWhen(true)] out Cell? cell)
    {
        cell = null;
        byte[] bytes = new byte[text.Length * 3 / 4];
        return Convert.TryFromBase64String(text, bytes, out int length) && BagOfCells.TryDecode(bytes.AsSpan(0, length), out cell);
    }
}
