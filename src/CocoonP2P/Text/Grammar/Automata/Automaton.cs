namespace CocoonP2P.Text.Grammar.Automata;

/// <summary>
/// A pushdown automaton over bytes: nodes, edges, and rules that call each other. Immutable. What an answer may be at any
/// moment is a set of readings, each a node and the calls it must still return from.
/// </summary>
internal sealed class Automaton(int[] first, Edge[] edges, Rule[] rules, int root)
{
    public int Nodes => first.Length - 1;

    public IReadOnlyList<Rule> Rules => rules;

    public Rule Root => rules[root];

    public ReadOnlySpan<Edge> Edges(int node) => edges.AsSpan(first[node], first[node + 1] - first[node]);

    public Rule Rule(int rule) => rules[rule];
}
