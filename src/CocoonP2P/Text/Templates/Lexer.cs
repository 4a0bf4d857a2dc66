using System.Text;

namespace CocoonP2P.Text.Templates;

/// <summary>Kinds of token.</summary>
internal enum TokenKind
{
    /// <summary>Text outside of all tags.</summary>
    Text,

    /// <summary>{{</summary>
    OpenOutput,

    /// <summary>{%</summary>
    OpenBlock,

    /// <summary>}} or %}</summary>
    Close,

    /// <summary>A name or a keyword.</summary>
    Name,

    /// <summary>A text in quotes.</summary>
    Quoted,

    /// <summary>Digits.</summary>
    Number,

    /// <summary>An operator or a bracket.</summary>
    Symbol,

    /// <summary>After the last token.</summary>
    End,
}

/// <summary>A token; for a text the unescaped text.</summary>
internal readonly record struct Token(TokenKind Kind, string Text);

/// <summary>
/// Cuts a template into tokens, with the two habits that chat templates are written for: a line break after a block is
/// dropped, and so is the indentation before one.
/// </summary>
internal sealed class Lexer(string source)
{
    private static readonly string[] Symbols =
        ["==", "!=", "<=", ">=", "//", "**", "<", ">", "+", "-", "*", "/", "%", "~", "|", ".", ",", ":", "(", ")", "[", "]", "{", "}", "="];

    private readonly List<Token> _tokens = [];
    private int _at;
    private bool _trimNext;
    private bool _dropLineBreak;

    public List<Token> Read()
    {
        while (_at < source.Length)
        {
            int open = NextTag(_at);
            ReadText(open < 0 ? source.Length : open, open);
            if (open >= 0)
            {
                ReadTag(open);
            }
        }

        _tokens.Add(new Token(TokenKind.End, ""));
        return _tokens;
    }

    private int NextTag(int from)
    {
        for (int i = source.IndexOf('{', from); i >= 0 && i + 1 < source.Length; i = source.IndexOf('{', i + 1))
        {
            if (source[i + 1] is '{' or '%' or '#')
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The text up to a tag, or to the end for a tag of −1: first its end is trimmed, then its start.</summary>
    private void ReadText(int end, int tag)
    {
        bool atLineStart = _at == 0;
        string text = source[_at..end];
        _at = end;
        char mark = tag >= 0 && tag + 2 < source.Length ? source[tag + 2] : ' ';
        if (mark == '-')
        {
            text = text.TrimEnd();
        }
        else if (tag >= 0 && source[tag + 1] != '{' && mark != '+')
        {
            text = DropIndentation(text, atLineStart);
        }
        else if (tag < 0 && text.EndsWith('\n'))
        {
            text = text[..^1];
        }

        if (_trimNext)
        {
            text = text.TrimStart();
        }
        else if (_dropLineBreak && text.StartsWith('\n'))
        {
            text = text[1..];
        }

        if (text.Length > 0)
        {
            _tokens.Add(new Token(TokenKind.Text, text));
        }
    }

    private static string DropIndentation(string text, bool atLineStart)
    {
        string trimmed = text.TrimEnd(' ', '\t');
        return trimmed.EndsWith('\n') || (trimmed.Length == 0 && atLineStart) ? trimmed : text;
    }

    private void ReadTag(int open)
    {
        char kind = source[open + 1];
        _at = open + 2;
        if (_at < source.Length && source[_at] is '-' or '+')
        {
            _at++;
        }

        if (kind == '#')
        {
            int end = source.IndexOf("#}", _at, StringComparison.Ordinal);
            _at = end < 0 ? throw Failure.At("a comment without its end") : end + 2;
            After(isBlock: true, trimmed: source[end - 1] == '-');
            return;
        }

        _tokens.Add(new Token(kind == '{' ? TokenKind.OpenOutput : TokenKind.OpenBlock, ""));
        string close = kind == '{' ? "}}" : "%}";
        int depth = 0;
        while (true)
        {
            SkipSpace();
            bool minus = depth == 0 && Follows("-" + close);
            if (minus || (depth == 0 && Follows(close)))
            {
                _at += minus ? 3 : 2;
                _tokens.Add(new Token(TokenKind.Close, ""));
                After(kind == '%', minus);
                return;
            }

            Token token = ReadToken();
            depth += token is { Kind: TokenKind.Symbol, Text: "{" } ? 1 : token is { Kind: TokenKind.Symbol, Text: "}" } ? -1 : 0;
            _tokens.Add(token);
        }
    }

    private void After(bool isBlock, bool trimmed)
    {
        _trimNext = trimmed;
        _dropLineBreak = isBlock;
    }

    private bool Follows(string text) => string.CompareOrdinal(source, _at, text, 0, text.Length) == 0;

    private void SkipSpace()
    {
        while (_at < source.Length && char.IsWhiteSpace(source[_at]))
        {
            _at++;
        }
    }

    private Token ReadToken()
    {
        if (_at == source.Length)
        {
            throw Failure.At("a tag without its end");
        }

        char first = source[_at];
        if (char.IsAsciiLetter(first) || first == '_')
        {
            return new Token(TokenKind.Name, ReadWhile(c => char.IsAsciiLetterOrDigit(c) || c == '_'));
        }

        if (char.IsAsciiDigit(first))
        {
            return new Token(TokenKind.Number, ReadWhile(char.IsAsciiDigit));
        }

        if (first is '\'' or '"')
        {
            return new Token(TokenKind.Quoted, ReadQuoted(first));
        }

        string symbol = Symbols.FirstOrDefault(Follows) ?? throw Failure.At("an unknown character in a tag");
        _at += symbol.Length;
        return new Token(TokenKind.Symbol, symbol);
    }

    private string ReadWhile(Func<char, bool> belongs)
    {
        int start = _at;
        while (_at < source.Length && belongs(source[_at]))
        {
            _at++;
        }

        return source[start.._at];
    }

    private string ReadQuoted(char quote)
    {
        StringBuilder text = new();
        for (_at++; _at < source.Length && source[_at] != quote; _at++)
        {
            if (source[_at] != '\\')
            {
                text.Append(source[_at]);
                continue;
            }

            _at++;
            text.Append(_at < source.Length ? Escaped(source[_at]) : "");
        }

        _at = _at < source.Length ? _at + 1 : throw Failure.At("a string without its end");
        return text.ToString();
    }

    private static string Escaped(char letter) => letter switch
    {
        'n' => "\n",
        't' => "\t",
        'r' => "\r",
        '\\' or '\'' or '"' => letter.ToString(),
        _ => "\\" + letter,
    };
}
