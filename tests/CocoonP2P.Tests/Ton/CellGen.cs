using CocoonP2P.Ton;
using CsCheck;

namespace CocoonP2P.Tests.Ton;

/// <summary>Random trees with shared parts.</summary>
internal static class CellGen
{
    public static readonly Gen<Cell> Leaf = Gen.Select(Gen.Int[0, Cell.MaxBits], Gen.Byte.Array[128]).Select(
        (bits, bytes) => new CellBuilder().StoreBits(bytes, bits).EndCell());

    /// <summary>Up to twelve cells, each referring to some of those made before it.</summary>
    public static readonly Gen<Cell> Tree = Gen.Select(Leaf.Array[1, 12], Gen.Int[0, 1_000].Array[48]).Select(
        (leaves, picks) =>
        {
            var made = new List<Cell> { leaves[0] };
            for (int i = 1; i < leaves.Length; i++)
            {
                var cell = new CellBuilder().StoreSlice(leaves[i].BeginParse());
                for (int r = 0; r < picks[4 * i] % 5; r++)
                {
                    cell.StoreRef(made[picks[(4 * i) + Math.Min(r, 3)] % made.Count]);
                }

                made.Add(cell.EndCell());
            }

            return made[^1];
        });
}
