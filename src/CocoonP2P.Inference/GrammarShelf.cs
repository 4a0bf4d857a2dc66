using System.Globalization;
using CocoonP2P.Text;
using CocoonP2P.Text.Grammar;

namespace CocoonP2P.Inference;

/// <summary>
/// Grammars that a model's jobs used lately, compiled. Each tenant has its own, so that no time tells one what another asked.
/// </summary>
/// <param name="text">Whose vocabulary they are for.</param>
/// <param name="vocabulary">Ids below this.</param>
internal sealed class GrammarShelf(IModelText text, int vocabulary)
{
    /// <summary>A large schema takes about 4 MB compiled.</summary>
    private const int Most = 32;

    private readonly Lazy<TokenTrie> _vocabulary = new(() => TokenTrie.Of(text, vocabulary));
    private readonly LinkedList<(string Tenant, OutputGrammar Grammar, CompiledGrammar Compiled)> _recent = [];
    private readonly Lock _gate = new();

    /// <exception cref="InferenceException">BadParameter: the grammar is refused.</exception>
    public CompiledGrammar Get(string tenant, OutputGrammar grammar)
    {
        lock (_gate)
        {
            if (TryTake(tenant, grammar, out CompiledGrammar? known))
            {
                return Put(tenant, grammar, known!);
            }
        }

        if (!GrammarCompiler.TryCompile(grammar, _vocabulary.Value, out CompiledGrammar? compiled, out GrammarRefusal? refusal))
        {
            throw new InferenceException(InferenceErrorCode.BadParameter, string.Create(CultureInfo.InvariantCulture, $"grammar: {refusal}."));
        }

        lock (_gate)
        {
            TryTake(tenant, grammar, out _);
            return Put(tenant, grammar, compiled);
        }
    }

    private bool TryTake(string tenant, OutputGrammar grammar, out CompiledGrammar? compiled)
    {
        for (LinkedListNode<(string Tenant, OutputGrammar Grammar, CompiledGrammar Compiled)>? node = _recent.First; node is not null; node = node.Next)
        {
            if (node.Value.Tenant == tenant && node.Value.Grammar == grammar)
            {
                _recent.Remove(node);
                compiled = node.Value.Compiled;
                return true;
            }
        }

        compiled = null;
        return false;
    }

    private CompiledGrammar Put(string tenant, OutputGrammar grammar, CompiledGrammar compiled)
    {
        _recent.AddFirst((tenant, grammar, compiled));
        if (_recent.Count > Most)
        {
            _recent.RemoveLast();
        }

        return compiled;
    }
}
