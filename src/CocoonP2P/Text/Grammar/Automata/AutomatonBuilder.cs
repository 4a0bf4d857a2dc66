namespace CocoonP2P.Text.Grammar.Automata;

/// <summary>Grows an automaton, within its bounds.</summary>
internal sealed class AutomatonBuilder
{
    private readonly List<(int From, Edge Edge)> _edges = [];
    private readonly List<Rule> _rules = [];
    private int _nodes;

    public int Node()
    {
        Require(_nodes < GrammarLimits.States, "states", GrammarLimits.States);
        return _nodes++;
    }

    public void Bytes(int from, byte low, byte high, int to) => Add(from, new Edge(EdgeKind.Bytes, low, high, 0, to));

    public void Byte(int from, byte value, int to) => Bytes(from, value, value, to);

    public void Skip(int from, int to) => Add(from, new Edge(EdgeKind.Skip, 0, 0, 0, to));

    public void Call(int from, int rule, int to) => Add(from, new Edge(EdgeKind.Call, 0, 0, rule, to));

    /// <summary>A chain of bytes from a node; returns its last node.</summary>
    public int Text(int from, ReadOnlySpan<byte> text)
    {
        foreach (byte value in text)
        {
            int next = Node();
            Byte(from, value, next);
            from = next;
        }

        return from;
    }

    /// <summary>A rule whose start and end exist and whose middle is still to be built.</summary>
    public int NewRule(bool nests)
    {
        _rules.Add(new Rule(Node(), Node(), nests));
        return _rules.Count - 1;
    }

    public Rule Rule(int rule) => _rules[rule];

    /// <summary>The finished automaton, which takes what a rule takes.</summary>
    public Automaton Build(int root)
    {
        int[] first = new int[_nodes + 1];
        foreach ((int from, _) in _edges)
        {
            first[from + 1]++;
        }

        for (int node = 0; node < _nodes; node++)
        {
            first[node + 1] += first[node];
        }

        int[] next = first[..^1];
        Edge[] edges = new Edge[_edges.Count];
        foreach ((int from, Edge edge) in _edges)
        {
            edges[next[from]++] = edge;
        }

        return new Automaton(first, edges, [.. _rules], root);
    }

    private void Add(int from, Edge edge)
    {
        Require(_edges.Count < GrammarLimits.Edges, "edges", GrammarLimits.Edges);
        _edges.Add((from, edge));
    }

    private static void Require(bool condition, string what, int limit)
    {
        if (!condition)
        {
            throw new GrammarRefusedException(new GrammarRefusal("", "#", $"it needs more than {limit} {what}"));
        }
    }
}
