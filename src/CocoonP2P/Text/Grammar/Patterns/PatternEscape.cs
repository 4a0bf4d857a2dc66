using System.Globalization;

namespace CocoonP2P.Text.Grammar.Patterns;

/// <summary>What a backslash makes of the characters behind it. Sets are those of ASCII.</summary>
internal static class PatternEscape
{
    /// <param name="text">The pattern.</param>
    /// <param name="at">Behind the backslash; afterwards behind the escape.</param>
    public static CharacterSet Read(string text, ref int at)
    {
        if (at >= text.Length)
        {
            throw new FormatException("it ends with a backslash");
        }

        char c = text[at++];
        return c switch
        {
            'd' => CharacterSet.Digits,
            'D' => CharacterSet.Digits.OthersOfAscii(),
            'w' => CharacterSet.Word,
            'W' => CharacterSet.Word.OthersOfAscii(),
            's' => CharacterSet.Space,
            'S' => CharacterSet.Space.OthersOfAscii(),
            't' => One('\t'),
            'n' => One('\n'),
            'r' => One('\r'),
            'f' => One('\f'),
            'v' => One('\v'),
            'x' => One(Hex(text, ref at, 2)),
            'u' => One(Hex(text, ref at, 4)),
            _ when !char.IsAsciiLetterOrDigit(c) && c < 0x80 => One(c),
            _ => throw new FormatException($"\\{(char.IsAsciiLetterOrDigit(c) ? c : '?')} is not supported"),
        };
    }

    private static CharacterSet One(char c) => CharacterSet.Of((c, c));

    private static char Hex(string text, ref int at, int digits)
    {
        if (at + digits > text.Length
            || !ushort.TryParse(text.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort value)
            || char.IsSurrogate((char)value))
        {
            throw new FormatException("a character's number is not one of the basic plane");
        }

        at += digits;
        return (char)value;
    }
}
