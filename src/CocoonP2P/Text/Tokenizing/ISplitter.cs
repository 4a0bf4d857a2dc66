namespace CocoonP2P.Text.Tokenizing;

/// <summary>A pre-tokenizer: cuts a text into pieces across which no token reaches.</summary>
internal interface ISplitter
{
    /// <summary>The length of the first piece of a text that is not empty, 1 to its length.</summary>
    int FirstPiece(ReadOnlySpan<char> text);
}

/// <summary>Each digit alone, all between them together.</summary>
internal sealed class DigitSplitter : ISplitter
{
    public int FirstPiece(ReadOnlySpan<char> text)
    {
        if (CharClasses.At(text, 0, out int length) == CharClass.Number)
        {
            return length;
        }

        int end = length;
        while (end < text.Length && CharClasses.At(text, end, out length) != CharClass.Number)
        {
            end += length;
        }

        return end;
    }
}
