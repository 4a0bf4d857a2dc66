namespace CocoonP2P.Text.Grammar;

/// <summary>Why a grammar is not taken.</summary>
/// <param name="Keyword">The keyword of the schema that is to blame, such as "patternProperties"; empty where none is.</param>
/// <param name="Pointer">JSON pointer of the place in the schema, such as "#/properties/age".</param>
/// <param name="Problem">What is wrong, for a person; holds names from the schema and nothing else of a user.</param>
internal sealed record GrammarRefusal(string Keyword, string Pointer, string Problem)
{
    public override string ToString() => Keyword.Length > 0 ? $"{Keyword} at {Pointer}: {Problem}" : $"{Pointer}: {Problem}";
}

/// <summary>Carries a refusal out of the compiler; its door turns it into a value.</summary>
internal sealed class GrammarRefusedException(GrammarRefusal refusal) : Exception(refusal.ToString())
{
    public GrammarRefusal Refusal => refusal;
}
