using CocoonP2P.Text.Grammar.Automata;

namespace CocoonP2P.Text.Grammar;

/// <summary>
/// One answer on its way through a grammar: which tokens may come next. Masks are remembered by the set of readings, so a
/// long string costs one. One thread uses it.
/// </summary>
/// <param name="grammar">What the answer must be.</param>
/// <param name="vocabulary">Ids below this; the tokenizer may have fewer.</param>
/// <param name="endTokens">Allowed where the answer is whole.</param>
internal sealed class GrammarMatcher(CompiledGrammar grammar, int vocabulary, IReadOnlyList<int> endTokens)
{
    private readonly ReadingSets _sets = grammar.Open();
    private readonly Dictionary<int, ulong[]> _masks = [];
    private readonly int[] _path = new int[grammar.Vocabulary.Depth + 1];
    private readonly int _words = (vocabulary + 63) / 64;
    private int? _set;

    private int Set => _set ??= _sets.Start;

    /// <summary>Whether the answer is whole; more may still be allowed.</summary>
    public bool IsWhole => _sets.Accepts(Set);

    /// <summary>A bit for each id, the lowest first; at least one is set.</summary>
    public ReadOnlySpan<ulong> Allowed()
    {
        if (_masks.TryGetValue(Set, out ulong[]? mask))
        {
            return mask;
        }

        if (_sets.Count > GrammarLimits.RememberedStates || (_masks.Count + 1) * 8L * _words > GrammarLimits.RememberedMaskBytes)
        {
            _set = _sets.ForgetAllBut(Set);
            _masks.Clear();
        }

        mask = Compute();
        _masks.Add(Set, mask);
        return mask;
    }

    /// <summary>Goes on by a token; false, and nothing changed, if the grammar does not allow it.</summary>
    public bool TryAccept(int id)
    {
        if (endTokens.Contains(id))
        {
            return IsWhole;
        }

        ReadOnlySpan<byte> bytes = grammar.Vocabulary.BytesOf(id);
        int set = bytes.IsEmpty ? ReadingSets.Dead : Set;
        for (int i = 0; i < bytes.Length && set != ReadingSets.Dead; i++)
        {
            set = _sets.Step(set, bytes[i]);
        }

        _set = set == ReadingSets.Dead ? _set : set;
        return set != ReadingSets.Dead;
    }

    private ulong[] Compute()
    {
        ulong[] mask = new ulong[_words];
        ReadOnlySpan<TokenTrie.Node> nodes = grammar.Vocabulary.Nodes;
        _path[0] = Set;
        for (int i = 0; i < nodes.Length;)
        {
            TokenTrie.Node node = nodes[i];
            int set = _sets.Step(_path[node.Depth - 1], node.Value);
            if (set == ReadingSets.Dead)
            {
                i = node.End;
                continue;
            }

            _path[node.Depth] = set;
            for (int id = node.Token; id >= 0; id = grammar.Vocabulary.SameAs(id))
            {
                mask[id / 64] |= 1UL << (id % 64);
            }

            i++;
        }

        foreach (int id in endTokens)
        {
            mask[id / 64] = IsWhole ? mask[id / 64] | (1UL << (id % 64)) : mask[id / 64] & ~(1UL << (id % 64));
        }

        Invariant.Holds(mask.AsSpan().ContainsAnyExcept(0UL), "a grammar always has a next token");
        return mask;
    }
}
