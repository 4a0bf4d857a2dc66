namespace CocoonP2P.Text.Grammar;

/// <summary>
/// The byte strings of a vocabulary as a tree, laid out in the order of a walk: a subtree that cannot go on is skipped by
/// one assignment. Immutable.
/// </summary>
internal sealed class TokenTrie
{
    private readonly byte[]?[] _tokens;
    private readonly Node[] _nodes;
    private readonly int[] _sameAs;
    private readonly bool[] _speakable = new bool[256];

    /// <param name="tokens">What each id says; null or empty for one that says nothing, such as a special token.</param>
    public TokenTrie(byte[]?[] tokens)
    {
        (_tokens, _sameAs) = (tokens, new int[tokens.Length]);
        Array.Fill(_sameAs, -1);
        int[] ids = [.. Enumerable.Range(0, tokens.Length).Where(id => tokens[id] is { Length: > 0 })];
        Array.Sort(ids, (a, b) => Compare(tokens[a], tokens[b]) is not 0 and int order ? order : a.CompareTo(b));
        List<Node> nodes = [];
        List<int> path = [];
        byte[] before = [];
        foreach (int id in ids)
        {
            Add(id, before.AsSpan().CommonPrefixLength(tokens[id]), nodes, path);
            before = tokens[id]!;
        }

        CloseTo(0, nodes, path);
        _nodes = [.. nodes];
        Array.ForEach(ids, id => _speakable[tokens[id]![0]] |= tokens[id]!.Length == 1);
    }

    /// <summary>The vocabulary of a model.</summary>
    public static TokenTrie Of(IModelText text, int vocabulary) => new([.. Enumerable.Range(0, vocabulary).Select(text.TokenBytes)]);

    public int Vocabulary => _tokens.Length;

    /// <summary>Depth of the deepest node.</summary>
    public int Depth { get; private set; }

    public ReadOnlySpan<Node> Nodes => _nodes;

    /// <summary>For each byte, whether it is a token by itself.</summary>
    public ReadOnlySpan<bool> Speakable => _speakable;

    public ReadOnlySpan<byte> BytesOf(int id) => id >= 0 && id < _tokens.Length ? _tokens[id] : [];

    /// <summary>Another id that says the same; −1: none.</summary>
    public int SameAs(int id) => _sameAs[id];

    private void Add(int id, int shared, List<Node> nodes, List<int> path)
    {
        byte[] bytes = _tokens[id]!;
        if (shared == bytes.Length)
        {
            // Sorted, so the other one ends where the path ends.
            int first = nodes[path[shared - 1]].Token;
            (_sameAs[id], _sameAs[first]) = (_sameAs[first], id);
            return;
        }

        CloseTo(shared, nodes, path);
        for (int depth = shared; depth < bytes.Length; depth++)
        {
            path.Add(nodes.Count);
            nodes.Add(new Node(bytes[depth], (ushort)(depth + 1), depth == bytes.Length - 1 ? id : -1, 0));
        }

        Depth = Math.Max(Depth, bytes.Length);
    }

    private static void CloseTo(int depth, List<Node> nodes, List<int> path)
    {
        for (; path.Count > depth; path.RemoveAt(path.Count - 1))
        {
            nodes[path[^1]] = nodes[path[^1]] with { End = nodes.Count };
        }
    }

    private static int Compare(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b) => a.SequenceCompareTo(b);

    /// <param name="Value">The byte that leads here.</param>
    /// <param name="Depth">Bytes from the root, 1 or more.</param>
    /// <param name="Token">The id that ends here; −1: none.</param>
    /// <param name="End">The first node behind the subtree.</param>
    internal readonly record struct Node(byte Value, ushort Depth, int Token, int End);
}
