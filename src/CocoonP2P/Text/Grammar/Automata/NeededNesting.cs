namespace CocoonP2P.Text.Grammar.Automata;

/// <summary>
/// How many objects and lists, one in the other, a node still needs at least until its rule is done. A reading that
/// cannot be completed within the bound is dropped when it arises, so whatever is left can always be completed.
/// </summary>
internal static class NeededNesting
{
    /// <summary>For a node from which its rule can never be done.</summary>
    public const int Never = int.MaxValue;

    /// <param name="automaton">All of it.</param>
    /// <param name="speakable">Bytes that are a token by themselves; others cannot be relied on.</param>
    /// <returns>The number for each node.</returns>
    public static int[] Compute(Automaton automaton, ReadOnlySpan<bool> speakable)
    {
        Backwards back = new(automaton, speakable);
        int[] needed = new int[automaton.Nodes];
        Array.Fill(needed, Never);
        PriorityQueue<int, int> open = new();
        foreach (Rule rule in automaton.Rules)
        {
            open.Enqueue(rule.End, 0);
        }

        while (open.TryDequeue(out int node, out int level))
        {
            if (needed[node] <= level)
            {
                continue;
            }

            // As with shortest paths: the lowest open level is final.
            needed[node] = level;
            foreach (int from in back.Steps(node))
            {
                open.Enqueue(from, level);
            }

            foreach ((int from, int rule) in back.Returns(node))
            {
                int start = needed[automaton.Rule(rule).Start];
                Relax(from, start, automaton.Rule(rule), level);
            }

            foreach ((int from, int to, int rule) in back.CallsOf(node))
            {
                Relax(from, level, automaton.Rule(rule), needed[to]);
            }
        }

        return needed;

        void Relax(int from, int inside, Rule rule, int after)
        {
            if (inside < GrammarLimits.Nesting && after != Never)
            {
                open.Enqueue(from, Math.Max(after, inside + (rule.Nests ? 1 : 0)));
            }
        }
    }

    /// <summary>The edges, from their targets.</summary>
    private sealed class Backwards
    {
        private readonly ILookup<int, int> _steps;
        private readonly ILookup<int, (int From, int Rule)> _returns;
        private readonly ILookup<int, (int From, int To, int Rule)> _calls;

        public Backwards(Automaton automaton, ReadOnlySpan<bool> speakable)
        {
            List<(int From, int To)> steps = [];
            List<(int From, int To, int Rule)> calls = [];
            for (int node = 0; node < automaton.Nodes; node++)
            {
                foreach (Edge edge in automaton.Edges(node))
                {
                    if (edge.Kind == EdgeKind.Call)
                    {
                        calls.Add((node, edge.Target, edge.Rule));
                    }
                    else if (edge.Kind == EdgeKind.Skip || speakable[edge.Low..(edge.High + 1)].Contains(true))
                    {
                        steps.Add((node, edge.Target));
                    }
                }
            }

            _steps = steps.ToLookup(s => s.To, s => s.From);
            _returns = calls.ToLookup(c => c.To, c => (c.From, c.Rule));
            _calls = calls.ToLookup(c => automaton.Rule(c.Rule).Start);
        }

        public IEnumerable<int> Steps(int node) => _steps[node];

        public IEnumerable<(int From, int Rule)> Returns(int node) => _returns[node];

        public IEnumerable<(int From, int To, int Rule)> CallsOf(int node) => _calls[node];
    }
}
