namespace CocoonP2P.Text.Tokenizing;

/// <summary>
/// The pattern of the larger vocabularies as a scanner: contractions in either case; a word with one character before
/// it that is no line break; a few digits; symbols with a space before and line breaks after; line breaks; white space.
/// </summary>
/// <param name="digits">Most digits of one piece.</param>
internal sealed class WordSplitter(int digits) : ISplitter
{
    /// <summary>Numbers in threes.</summary>
    public const string ThreeDigitPattern =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    /// <summary>Each digit alone.</summary>
    public const string OneDigitPattern =
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

    private static readonly string[] Contractions = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"];

    public int FirstPiece(ReadOnlySpan<char> text)
    {
        foreach (string contraction in Contractions)
        {
            if (text.StartsWith(contraction, StringComparison.OrdinalIgnoreCase))
            {
                return contraction.Length;
            }
        }

        CharClass first = CharClasses.At(text, 0, out int length);
        if (first == CharClass.Letter)
        {
            return CharClasses.RunEnd(text, 0, CharClass.Letter);
        }

        if (first == CharClass.Number)
        {
            return CharClasses.RunEnd(text, 0, CharClass.Number, digits);
        }

        if (text[0] is not ('\r' or '\n') && IsLetter(text, length))
        {
            return CharClasses.RunEnd(text, length, CharClass.Letter);
        }

        int symbols = text[0] == ' ' ? 1 : 0;
        int end = CharClasses.RunEnd(text, symbols, CharClass.Other);
        return end > symbols ? LineBreaks(text, end) : Space(text);
    }

    private static bool IsLetter(ReadOnlySpan<char> text, int index) =>
        index < text.Length && CharClasses.At(text, index, out _) == CharClass.Letter;

    private static int LineBreaks(ReadOnlySpan<char> text, int index)
    {
        while (index < text.Length && text[index] is '\r' or '\n')
        {
            index++;
        }

        return index;
    }

    /// <summary>White space up to its last line break, if it has one; else the shared rule.</summary>
    private static int Space(ReadOnlySpan<char> text)
    {
        int end = CharClasses.RunEnd(text, 0, CharClass.Space);
        int lastBreak = text[..end].LastIndexOfAny('\r', '\n');
        return lastBreak >= 0 ? lastBreak + 1 : WhiteSpace.FirstPiece(text);
    }
}
