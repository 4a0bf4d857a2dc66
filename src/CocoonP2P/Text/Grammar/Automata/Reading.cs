using System.Runtime.InteropServices;

namespace CocoonP2P.Text.Grammar.Automata;

/// <summary>One way to understand what was said: where in the automaton it is, and what it must still return from.</summary>
internal readonly record struct Reading(int Node, int Stack);

/// <summary>Equality of lists of readings, order included.</summary>
internal sealed class ReadingsComparer : IEqualityComparer<Reading[]>
{
    public bool Equals(Reading[]? x, Reading[]? y) => x.AsSpan().SequenceEqual(y);

    public int GetHashCode(Reading[] obj)
    {
        HashCode hash = new();
        hash.AddBytes(MemoryMarshal.AsBytes<Reading>(obj));
        return hash.ToHashCode();
    }
}
