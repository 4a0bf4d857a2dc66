namespace CocoonP2P.Ton;

/// <summary>The kinds of cell; the number of an exotic one is its first byte.</summary>
public enum CellType
{
    /// <summary>Data and references, nothing else.</summary>
    Ordinary = 0,

    /// <summary>Stands for a subtree that was cut away; carries its hashes and depths.</summary>
    PrunedBranch = 1,

    /// <summary>The hash of a cell in the masterchain's library.</summary>
    LibraryReference = 2,

    /// <summary>A subtree with some branches pruned, under the hash of the whole.</summary>
    MerkleProof = 3,

    /// <summary>Two such subtrees, before and after a change.</summary>
    MerkleUpdate = 4,
}
