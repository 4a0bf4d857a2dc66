namespace CocoonP2P.Text.Grammar;

/// <summary>Why a grammar is not taken: it asks for what is not supported, breaks a bound, or allows no answer.</summary>
/// <param name="Keyword">The keyword of the schema that is to blame, such as "patternProperties"; empty where none is.</param>
/// <param name="Pointer">JSON pointer of the place in the schema, such as "#/properties/age".</param>
/// <param name="Problem">What is wrong, for a person; holds names from the schema and nothing else of a user.</param>
internal sealed record GrammarRefusal(string Keyword, string Pointer, string Problem)
{
    /// <summary>One sentence for a person.</summary>
    public override string ToString() => Keyword.Length > 0 ? $"{Keyword} at {Pointer}: {Problem}" : $"{Pointer}: {Problem}";
}
