namespace CocoonP2P.Text.Tokenizing;

/// <summary>
/// The pattern that the pre-tokenizer ByteLevel has built in, as a scanner: contractions; a word, a number or a run of
/// symbols, each with one space before it; white space, less its last character where a word follows.
/// </summary>
internal sealed class ByteLevelSplitter : ISplitter
{
    /// <summary>The pattern as files spell it; a Split by this text is this scanner.</summary>
    public const string Pattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    private static readonly string[] Contractions = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"];

    public int FirstPiece(ReadOnlySpan<char> text)
    {
        foreach (string contraction in Contractions)
        {
            if (text.StartsWith(contraction, StringComparison.Ordinal))
            {
                return contraction.Length;
            }
        }

        int start = text[0] == ' ' && text.Length > 1 ? 1 : 0;
        CharClass first = CharClasses.At(text, start, out _);
        return first == CharClass.Space ? WhiteSpace.FirstPiece(text) : CharClasses.RunEnd(text, start, first);
    }
}

/// <summary>The last two alternatives that all the known patterns share: \s+(?!\S)|\s+.</summary>
internal static class WhiteSpace
{
    /// <summary>The run of white space at the start, less its last character if more follows and anything is left.</summary>
    public static int FirstPiece(ReadOnlySpan<char> text)
    {
        // All white space lies below U+10000, so the last character is one unit.
        int end = CharClasses.RunEnd(text, 0, CharClass.Space);
        return end < text.Length && end > 1 ? end - 1 : end;
    }
}
