namespace CocoonP2P.Text.Grammar.Automata;

/// <summary>One way on from a node.</summary>
/// <param name="Kind">What it takes.</param>
/// <param name="Low">Of bytes: the first.</param>
/// <param name="High">Of bytes: the last.</param>
/// <param name="Rule">Of a call: the rule.</param>
/// <param name="Target">The node behind it.</param>
internal readonly record struct Edge(EdgeKind Kind, byte Low, byte High, int Rule, int Target);

internal enum EdgeKind : byte
{
    /// <summary>One byte of a range.</summary>
    Bytes,

    /// <summary>Nothing.</summary>
    Skip,

    /// <summary>All that a rule takes.</summary>
    Call,
}

/// <summary>A part of the automaton that can be called from several places.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it is done; has no edges.</param>
/// <param name="Nests">Whether it is an object or a list, of which only so many may stand one in the other.</param>
internal readonly record struct Rule(int Start, int End, bool Nests);
