namespace CocoonP2P.Text.Tokenizing;

/// <summary>Turns a piece of text into tokens. Immutable.</summary>
internal interface ITokenModel
{
    /// <summary>Appends the tokens of one piece, given as UTF-8.</summary>
    void Encode(ReadOnlySpan<byte> piece, List<int> output);
}
