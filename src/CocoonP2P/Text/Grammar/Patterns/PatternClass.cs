namespace CocoonP2P.Text.Grammar.Patterns;

/// <summary>A class of characters, [a-z\d] or [^"].</summary>
internal static class PatternClass
{
    /// <param name="text">The pattern.</param>
    /// <param name="at">Behind the opening bracket; afterwards behind the closing one.</param>
    public static CharacterSet Read(string text, ref int at)
    {
        CharacterSet set = new();
        bool others = at < text.Length && text[at] == '^';
        at += others ? 1 : 0;
        while (at < text.Length && text[at] != ']')
        {
            CharacterSet part = Part(text, ref at, out char low);
            if (at + 1 < text.Length && text[at] == '-' && text[at + 1] != ']')
            {
                at++;
                Part(text, ref at, out char high);
                if (low == '\0' || high < low)
                {
                    throw new FormatException("a range has no ends, or ends before it begins");
                }

                part = CharacterSet.Of((low, high));
            }

            set.Add(part);
        }

        if (at++ >= text.Length)
        {
            throw new FormatException("a class is not closed");
        }

        return others ? set.Others() : set;
    }

    // A character, or a set such as \d, which cannot begin or end a range: then "single" is 0.
    private static CharacterSet Part(string text, ref int at, out char single)
    {
        single = text[at++];
        if (char.IsSurrogate(single))
        {
            throw new FormatException("a character is beyond the basic plane");
        }

        if (single != '\\')
        {
            return CharacterSet.Of((single, single));
        }

        CharacterSet escaped = PatternEscape.Read(text, ref at);
        (char Low, char High)[] ranges = [.. escaped.Ranges()];
        single = ranges is [var only] && only.Low == only.High ? only.Low : '\0';
        return escaped;
    }
}
