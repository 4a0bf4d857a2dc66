namespace CocoonP2P.Text.Grammar.Automata;

/// <summary>Bytes that no edge of an automaton tells apart, under one number: a transition table needs one entry for each.</summary>
internal sealed class ByteClasses
{
    private readonly byte[] _classOf = new byte[256];

    public ByteClasses(Automaton automaton)
    {
        bool[] begins = new bool[257];
        for (int node = 0; node < automaton.Nodes; node++)
        {
            foreach (Edge edge in automaton.Edges(node))
            {
                if (edge.Kind == EdgeKind.Bytes)
                {
                    (begins[edge.Low], begins[edge.High + 1]) = (true, true);
                }
            }
        }

        for (int value = 1; value < 256; value++)
        {
            Count += begins[value] ? 1 : 0;
            _classOf[value] = (byte)Count;
        }

        Count++;
    }

    public int Count { get; }

    public int this[byte value] => _classOf[value];
}
