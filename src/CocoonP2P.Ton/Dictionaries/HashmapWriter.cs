namespace CocoonP2P.Ton;

/// <summary>An entry as bits.</summary>
internal readonly record struct HashmapLeaf(byte[] Key, CellBuilder Value);

/// <summary>Builds the tree from sorted keys in one pass. Neighbours part at some bit; a stack holds the left branches
/// whose right side is not complete, outermost first.</summary>
internal static class HashmapWriter
{
    /// <summary>A node whose label is known only when its parent is: it runs from the parent's fork to <c>End</c>.</summary>
    private readonly record struct Node(byte[] Key, int End, CellBuilder Content);

    public static Cell? Write(List<HashmapLeaf> leaves, int keyBits)
    {
        if (leaves.Count == 0)
        {
            return null;
        }

        var waiting = new Stack<(int Fork, Node Left)>();
        Node current = Leaf(leaves[0], keyBits);
        for (int i = 1; i < leaves.Count; i++)
        {
            int fork = BitCopy.CommonPrefix(leaves[i - 1].Key, leaves[i].Key, keyBits);
            while (waiting.TryPeek(out (int Fork, Node Left) outer) && outer.Fork > fork)
            {
                waiting.Pop();
                current = Join(outer.Left, current, outer.Fork, keyBits);
            }

            waiting.Push((fork, current));
            current = Leaf(leaves[i], keyBits);
        }

        while (waiting.TryPop(out (int Fork, Node Left) outer))
        {
            current = Join(outer.Left, current, outer.Fork, keyBits);
        }

        return Seal(current, 0, keyBits);
    }

    private static Node Leaf(HashmapLeaf leaf, int keyBits) => new(leaf.Key, keyBits, leaf.Value);

    private static Node Join(Node left, Node right, int fork, int keyBits) => new(
        left.Key,
        fork,
        new CellBuilder().StoreRef(Seal(left, fork + 1, keyBits)).StoreRef(Seal(right, fork + 1, keyBits)));

    private static Cell Seal(Node node, int from, int keyBits)
    {
        var cell = new CellBuilder();
        HashmapLabel.Store(cell, node.Key, from, node.End, keyBits - from);
        return cell.StoreBuilder(node.Content).EndCell();
    }
}
