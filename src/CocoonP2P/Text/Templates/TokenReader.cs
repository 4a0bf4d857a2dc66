namespace CocoonP2P.Text.Templates;

/// <summary>Walks over tokens; counts how deep the parser is, since a template may nest without end.</summary>
internal sealed class TokenReader(IReadOnlyList<Token> tokens)
{
    private int _at;
    private int _depth;

    public Token Peek => tokens[_at];

    public Token Next() => tokens[_at].Kind == TokenKind.End ? throw Failure.At("it ends too soon") : tokens[_at++];

    public bool IsSymbol(string text) => Peek.Kind == TokenKind.Symbol && Peek.Text == text;

    public bool IsName(string text) => Peek.Kind == TokenKind.Name && Peek.Text == text;

    /// <summary>The token after the next is this name.</summary>
    public bool IsNameAhead(string text) =>
        tokens[Math.Min(_at + 1, tokens.Count - 1)] is { Kind: TokenKind.Name } token && token.Text == text;

    /// <summary>What follows is "name =", a named argument.</summary>
    public bool IsArgumentName() => Peek.Kind == TokenKind.Name && tokens[_at + 1] is { Kind: TokenKind.Symbol, Text: "=" };

    public bool TakeSymbol(string text)
    {
        bool found = IsSymbol(text);
        _at += found ? 1 : 0;
        return found;
    }

    public bool TakeName(string text)
    {
        bool found = IsName(text);
        _at += found ? 1 : 0;
        return found;
    }

    public void Require(string symbol)
    {
        if (!TakeSymbol(symbol))
        {
            throw Failure.At($"'{symbol}' is missing");
        }
    }

    public void RequireName(string name)
    {
        if (!TakeName(name))
        {
            throw Failure.At($"'{name}' is missing");
        }
    }

    public void RequireClose()
    {
        if (Next().Kind != TokenKind.Close)
        {
            throw Failure.At("a tag holds more than it should");
        }
    }

    public string TakeIdentifier()
    {
        Token token = Next();
        return token.Kind == TokenKind.Name ? token.Text : throw Failure.At("a name is missing");
    }

    /// <summary>Parses one level deeper.</summary>
    public T Deeper<T>(Func<T> parse)
    {
        if (++_depth > TemplateLimits.Depth)
        {
            throw Failure.At($"nested deeper than {TemplateLimits.Depth}");
        }

        T result = parse();
        _depth--;
        return result;
    }
}
