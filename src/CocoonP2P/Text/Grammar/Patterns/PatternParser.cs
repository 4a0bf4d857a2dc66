namespace CocoonP2P.Text.Grammar.Patterns;

/// <summary>
/// Reads the regular part of ECMA-262's regular expressions: classes, groups, branches, repeats. What looks around, back or at
/// the edges of words is refused, as are anchors anywhere but at both ends.
/// </summary>
internal sealed class PatternParser
{
    private const int MostDepth = 32;
    private const int MostRepeats = 10_000;

    private readonly string _text;
    private int _at;
    private int _depth;

    private PatternParser(string text) => _text = text;

    /// <summary>What the whole string must be: a pattern without anchors may begin and end anywhere.</summary>
    /// <exception cref="FormatException">It is refused; the message says why.</exception>
    public static PatternNode Parse(string text)
    {
        bool begins = text.StartsWith('^');
        bool ends = text.EndsWith('$') && (text.Length - 1 - text.AsSpan(0, text.Length - 1).TrimEnd('\\').Length) % 2 == 0;
        PatternParser parser = new(text[(begins ? 1 : 0)..(ends ? ^1 : ^0)]);
        PatternNode body = parser.Branches();
        if (parser._at < parser._text.Length)
        {
            throw new FormatException("a parenthesis is closed that was not opened");
        }

        // An anchor belongs to the branch that it stands in.
        if (body is PatternNode.Any && (begins || ends))
        {
            throw new FormatException("branches between anchors must stand in a group");
        }

        PatternNode anything = new PatternNode.Many(new PatternNode.One(CharacterSet.Of().Others()), 0, null);
        return new PatternNode.All([.. begins ? [] : new[] { anything }, body, .. ends ? [] : new[] { anything }]);
    }

    private PatternNode Branches()
    {
        if (++_depth > MostDepth)
        {
            throw new FormatException($"groups stand more than {MostDepth} deep");
        }

        List<PatternNode> branches = [Sequence()];
        while (Take('|'))
        {
            branches.Add(Sequence());
        }

        _depth--;
        return branches.Count == 1 ? branches[0] : new PatternNode.Any(branches);
    }

    private PatternNode.All Sequence()
    {
        List<PatternNode> parts = [];
        while (_at < _text.Length && _text[_at] is not ('|' or ')'))
        {
            parts.Add(Repeated(Atom()));
        }

        return new PatternNode.All(parts);
    }

    private PatternNode Atom()
    {
        char c = _text[_at++];
        switch (c)
        {
            case '(':
                SkipGroupName();
                PatternNode group = Branches();
                return Take(')') ? group : throw new FormatException("a group is not closed");
            case '[':
                return new PatternNode.One(PatternClass.Read(_text, ref _at));
            case '.':
                return new PatternNode.One(CharacterSet.Dot);
            case '\\':
                return new PatternNode.One(PatternEscape.Read(_text, ref _at));
            case '^' or '$':
                throw new FormatException("an anchor stands within the pattern");
            case '*' or '+' or '?' or '{':
                throw new FormatException("a repeat has nothing to repeat");
            default:
                return char.IsSurrogate(c)
                    ? throw new FormatException("a character is beyond the basic plane")
                    : new PatternNode.One(CharacterSet.Of((c, c)));
        }
    }

    private void SkipGroupName()
    {
        if (!Take('?'))
        {
            return;
        }

        if (Take(':'))
        {
            return;
        }

        int end = _text.IndexOf('>', _at);
        if (!Take('<') || end < 0 || _at >= _text.Length || _text[_at] is '=' or '!')
        {
            throw new FormatException("it looks around");
        }

        _at = end + 1;
    }

    private PatternNode Repeated(PatternNode atom)
    {
        (int Least, int? Most)? repeat = Take('*') ? (0, null) : Take('+') ? (1, null) : Take('?') ? (0, 1) : Take('{') ? Counted() : null;
        if (repeat is not { } times)
        {
            return atom;
        }

        // A lazy repeat takes the same strings.
        Take('?');
        return new PatternNode.Many(atom, times.Least, times.Most);
    }

    private (int Least, int? Most) Counted()
    {
        int least = Number(), most = least;
        bool bounded = true;
        if (Take(','))
        {
            bounded = _at < _text.Length && char.IsAsciiDigit(_text[_at]);
            most = bounded ? Number() : least;
        }

        return Take('}') && most >= least ? (least, bounded ? most : null) : throw new FormatException("a repeat is not counted well");
    }

    private int Number()
    {
        int start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }

        return int.TryParse(_text.AsSpan(start, _at - start), out int number) && number <= MostRepeats
            ? number
            : throw new FormatException($"a repeat is not a count of at most {MostRepeats}");
    }

    private bool Take(char c)
    {
        bool there = _at < _text.Length && _text[_at] == c;
        _at += there ? 1 : 0;
        return there;
    }
}
