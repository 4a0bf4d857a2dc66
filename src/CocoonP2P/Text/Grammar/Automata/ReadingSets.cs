namespace CocoonP2P.Text.Grammar.Automata;

/// <summary>
/// The automaton made deterministic as far as it is walked: a set of readings has a number, a step from it by a byte is
/// computed once. Every reading in a set can be completed within the bound on nesting. One thread uses it.
/// </summary>
internal sealed class ReadingSets
{
    /// <summary>The set of no readings: what was said can become no answer.</summary>
    public const int Dead = -1;

    private const int Unknown = -2;

    private readonly Automaton _automaton;
    private readonly int[] _needed;
    private readonly ByteClasses _classes;
    private readonly bool[] _isEnd;
    private readonly List<(Reading[] Readings, bool Accepts, int[]? Next)> _sets = [];
    private readonly Dictionary<Reading[], int> _unfinished = new(new ReadingsComparer()), _whole = new(new ReadingsComparer());
    private readonly HashSet<Reading> _seen = [];
    private readonly Stack<Reading> _open = [];
    private readonly List<Reading> _kept = [];
    private CallStacks _stacks = new();
    private bool _accepts;

    /// <param name="automaton">What is walked.</param>
    /// <param name="needed">From <see cref="NeededNesting"/>.</param>
    /// <param name="classes">Of the automaton.</param>
    public ReadingSets(Automaton automaton, int[] needed, ByteClasses classes)
    {
        (_automaton, _needed, _classes, _isEnd) = (automaton, needed, classes, new bool[automaton.Nodes]);
        foreach (Rule rule in automaton.Rules)
        {
            _isEnd[rule.End] = true;
        }

        Start = Begin();
    }

    /// <summary>Before the first byte; changes when sets are forgotten.</summary>
    public int Start { get; private set; }

    public int Count => _sets.Count;

    /// <summary>Whether what was said is a whole answer.</summary>
    public bool Accepts(int set) => _sets[set].Accepts;

    public int Step(int set, byte value)
    {
        (Reading[] readings, bool accepts, int[]? next) = _sets[set];
        if (next is null)
        {
            next = new int[_classes.Count];
            Array.Fill(next, Unknown);
            _sets[set] = (readings, accepts, next);
        }

        ref int target = ref next[_classes[value]];
        if (target == Unknown)
        {
            target = Compute(readings, value);
        }

        return target;
    }

    /// <summary>Forgets every set but one; returns its new number.</summary>
    public int ForgetAllBut(int set)
    {
        CallStacks old = _stacks;
        (Reading[] readings, bool accepts, _) = _sets[set];
        _stacks = new CallStacks();
        _sets.Clear();
        _unfinished.Clear();
        _whole.Clear();
        _kept.Clear();
        foreach (Reading reading in readings)
        {
            _kept.Add(reading with { Stack = Copy(old, reading.Stack) });
        }

        _accepts = accepts;
        int kept = Number();
        Start = Begin();
        return kept;
    }

    private int Copy(CallStacks old, int stack)
    {
        if (stack == 0)
        {
            return 0;
        }

        CallStacks.Frame frame = old.Top(stack);
        return _stacks.Push(Copy(old, frame.Below), frame.ReturnTo, frame.Nesting > old.Nesting(frame.Below));
    }

    private int Begin()
    {
        Clear();
        Enter(_automaton.Root.Start, 0);
        Close();
        return Number();
    }

    private int Compute(Reading[] readings, byte value)
    {
        Clear();
        foreach (Reading reading in readings)
        {
            foreach (Edge edge in _automaton.Edges(reading.Node))
            {
                if (edge.Kind == EdgeKind.Bytes && edge.Low <= value && value <= edge.High)
                {
                    Enter(edge.Target, reading.Stack);
                    Close();
                }
            }
        }

        return _kept.Count == 0 && !_accepts ? Dead : Number();
    }

    private void Clear()
    {
        _seen.Clear();
        _kept.Clear();
        _accepts = false;
    }

    private void Enter(int node, int stack)
    {
        // The bound is looked at in the order of the readings, which the bytes alone decide: another machine drops the same.
        if (_needed[node] <= GrammarLimits.Nesting - _stacks.Nesting(stack) && _kept.Count < GrammarLimits.Readings
            && _seen.Add(new Reading(node, stack)))
        {
            _open.Push(new Reading(node, stack));
        }
    }

    // Follows all edges that take no byte, and keeps the readings that go on by one.
    private void Close()
    {
        while (_open.TryPop(out Reading reading))
        {
            if (_isEnd[reading.Node])
            {
                Return(reading.Stack);
                continue;
            }

            bool takesBytes = false;
            ReadOnlySpan<Edge> edges = _automaton.Edges(reading.Node);
            for (int i = edges.Length - 1; i >= 0; i--)
            {
                takesBytes |= edges[i].Kind == EdgeKind.Bytes;
                Follow(edges[i], reading.Stack);
            }

            if (takesBytes)
            {
                _kept.Add(reading);
            }
        }
    }

    private void Follow(Edge edge, int stack)
    {
        if (edge.Kind == EdgeKind.Skip)
        {
            Enter(edge.Target, stack);
        }
        else if (edge.Kind == EdgeKind.Call && _needed[edge.Target] <= GrammarLimits.Nesting - _stacks.Nesting(stack))
        {
            Rule rule = _automaton.Rule(edge.Rule);
            Enter(rule.Start, _stacks.Push(stack, edge.Target, rule.Nests));
        }
    }

    private void Return(int stack)
    {
        if (stack == 0)
        {
            _accepts = true;
            return;
        }

        CallStacks.Frame frame = _stacks.Top(stack);
        Enter(frame.ReturnTo, frame.Below);
    }

    private int Number()
    {
        Reading[] readings = [.. _kept];
        Dictionary<Reading[], int> numbers = _accepts ? _whole : _unfinished;
        if (!numbers.TryGetValue(readings, out int number))
        {
            number = _sets.Count;
            _sets.Add((readings, _accepts, null));
            numbers.Add(readings, number);
        }

        return number;
    }
}
