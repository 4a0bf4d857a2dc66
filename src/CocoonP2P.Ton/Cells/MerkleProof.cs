using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Ton;

/// <summary>Shows a part of a tree to someone who knows the hash of the whole: what is not shown is pruned. (TVM
/// description, section 3.1.7, type 3.)</summary>
internal static class MerkleProof
{
    private const int PrunedBits = 8 + 8 + 256 + 16;

    /// <summary>Builds a proof of a tree of level 0 that keeps the cells for which <paramref name="keep"/> holds, and cuts
    /// below the others; the root is always kept. A cell smaller than its stand-in is kept too.</summary>
    public static Cell Create(Cell root, Func<Cell, bool> keep)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(keep);
        if (root.Level != 0)
        {
            throw new TonFormatException(FormatCode.Exotic);
        }

        var done = new Dictionary<Bits256, Cell>();
        var path = new Stack<(Cell Cell, bool ChildrenDone)>();
        path.Push((root, false));
        while (path.TryPop(out (Cell Cell, bool ChildrenDone) step))
        {
            if (done.ContainsKey(step.Cell.Hash))
            {
                continue;
            }

            bool whole = step.Cell.Refs.IsEmpty && step.Cell.BitLength <= PrunedBits;
            if (step.ChildrenDone || whole || step.Cell.IsExotic)
            {
                done.Add(step.Cell.Hash, whole || step.Cell.IsExotic ? step.Cell : Rebuild(step.Cell, done));
            }
            else if (step.Cell != root && !keep(step.Cell))
            {
                done.Add(step.Cell.Hash, Prune(step.Cell));
            }
            else
            {
                path.Push((step.Cell, true));
                foreach (Cell child in step.Cell.Refs)
                {
                    path.Push((child, false));
                }
            }
        }

        return new CellBuilder()
            .StoreUint((ulong)CellType.MerkleProof, 8)
            .StoreBits256(root.Hash)
            .StoreUint((ulong)root.Depth, 16)
            .StoreRef(done[root.Hash])
            .EndCell(exotic: true);
    }

    /// <summary>Gives the shown part of a tree whose hash is <paramref name="expected"/>; its pruned cells cannot be read, and
    /// every reader of this library refuses them.</summary>
    public static bool TryOpen(Cell proof, Bits256 expected, [NotNullWhen(true)] out Cell? root)
    {
        ArgumentNullException.ThrowIfNull(proof);

        // That the proof cell names its child was checked when it was made.
        bool proves = proof.Type == CellType.MerkleProof && proof.Refs[0].HashAt(0) == expected;
        root = proves ? proof.Refs[0] : null;
        return proves;
    }

    private static Cell Rebuild(Cell cell, Dictionary<Bits256, Cell> done)
    {
        var copy = new CellBuilder().StoreBits(cell.Bits, cell.BitLength);
        foreach (Cell child in cell.Refs)
        {
            copy.StoreRef(done[child.Hash]);
        }

        return copy.EndCell();
    }

    private static Cell Prune(Cell cell) => new CellBuilder()
        .StoreUint((ulong)CellType.PrunedBranch, 8)
        .StoreUint(1UL, 8)
        .StoreBits256(cell.Hash)
        .StoreUint((ulong)cell.Depth, 16)
        .EndCell(exotic: true);
}
