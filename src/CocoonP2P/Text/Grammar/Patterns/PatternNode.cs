namespace CocoonP2P.Text.Grammar.Patterns;

/// <summary>A part of a regular expression, without its anchors.</summary>
internal abstract record PatternNode
{
    private PatternNode()
    {
    }

    /// <summary>One character of a set.</summary>
    public sealed record One(CharacterSet Set) : PatternNode;

    /// <summary>One after the other; nothing, where there are none.</summary>
    public sealed record All(IReadOnlyList<PatternNode> Parts) : PatternNode;

    /// <summary>One of several.</summary>
    public sealed record Any(IReadOnlyList<PatternNode> Branches) : PatternNode;

    /// <summary>The same several times; without a bound where there is no most.</summary>
    public sealed record Many(PatternNode Part, int Least, int? Most) : PatternNode;

    /// <summary>Fewest and most characters; null: any number.</summary>
    public (long Least, long? Most) Length() => this switch
    {
        All all => all.Parts.Select(p => p.Length()).Aggregate((0L, (long?)0), (a, b) => (a.Item1 + b.Least, a.Item2 + b.Most)),
        Any any => (any.Branches.Min(b => b.Length().Least), any.Branches.Any(b => b.Length().Most is null) ? null : any.Branches.Max(b => b.Length().Most)),
        Many many => (many.Least * many.Part.Length().Least, many.Most * many.Part.Length().Most),
        _ => (1, 1),
    };
}
