using CocoonP2P.Text.Grammar.Automata;

namespace CocoonP2P.Text.Grammar;

/// <summary>A grammar that a vocabulary can speak. Immutable; each job walks it by a <see cref="GrammarMatcher"/> of its own.</summary>
internal sealed class CompiledGrammar
{
    private readonly Automaton _automaton;
    private readonly int[] _needed;
    private readonly ByteClasses _classes;

    private CompiledGrammar(Automaton automaton, TokenTrie vocabulary, int[] needed) =>
        (_automaton, Vocabulary, _needed, _classes) = (automaton, vocabulary, needed, new ByteClasses(automaton));

    public TokenTrie Vocabulary { get; }

    /// <exception cref="GrammarRefusedException">No answer exists: the schema contradicts itself, or the vocabulary lacks bytes.</exception>
    public static CompiledGrammar For(Automaton automaton, TokenTrie vocabulary)
    {
        int[] needed = NeededNesting.Compute(automaton, vocabulary.Speakable);
        if (needed[automaton.Root.Start] > GrammarLimits.Nesting)
        {
            throw new GrammarRefusedException(new GrammarRefusal("", "#", "no answer that this model can give is valid"));
        }

        return new CompiledGrammar(automaton, vocabulary, needed);
    }

    public ReadingSets Open() => new(_automaton, _needed, _classes);
}
