namespace CocoonP2P.Text.Grammar;

/// <summary>Carries a refusal out of the compiler; its door turns it into a value.</summary>
internal sealed class GrammarRefusedException(GrammarRefusal refusal) : Exception(refusal.ToString())
{
    public GrammarRefusal Refusal => refusal;
}
