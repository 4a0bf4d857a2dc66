using System.Globalization;

namespace CocoonP2P.Text.Templates;

/// <summary>Compiles expressions, from the loosest binding (x if y else z) to the tightest (a.b[c](d)).</summary>
internal sealed class ExpressionParser(TokenReader tokens)
{
    private static readonly HashSet<string> Keywords = ["if", "else", "and", "or", "not", "in", "is", "for"];

    public Expression Parse() => tokens.Deeper(() =>
    {
        Expression value = ParseOr();
        if (!tokens.TakeName("if"))
        {
            return value;
        }

        Expression condition = ParseOr();
        Expression otherwise = tokens.TakeName("else") ? Parse() : _ => UndefinedValue.Instance;
        return run => condition(run).IsTrue ? value(run) : otherwise(run);
    });

    /// <summary>A list without brackets, as set and for take it.</summary>
    public Expression ParseTuple()
    {
        Expression first = Parse();
        if (!tokens.IsSymbol(","))
        {
            return first;
        }

        List<Expression> items = [first];
        while (tokens.TakeSymbol(","))
        {
            items.Add(Parse());
        }

        return MakeList(items);
    }

    /// <summary>An expression without "if", so that a loop's filter is not taken for a condition.</summary>
    public Expression ParseOr() => Chain(ParseAnd, () => tokens.TakeName("or"), (left, right) => run =>
    {
        Value value = left(run);
        return value.IsTrue ? value : right(run);
    });

    private Expression ParseAnd() => Chain(ParseNot, () => tokens.TakeName("and"), (left, right) => run =>
    {
        Value value = left(run);
        return value.IsTrue ? right(run) : value;
    });

    private Expression ParseNot()
    {
        if (!tokens.TakeName("not"))
        {
            return ParseComparison();
        }

        Expression inner = tokens.Deeper(ParseNot);
        return run => new BooleanValue(!inner(run).IsTrue);
    }

    private Expression ParseComparison()
    {
        Expression left = ParseSum();
        while (TakeComparison() is { } compare)
        {
            Expression first = left;
            Expression second = ParseSum();
            left = Guarded(run => new BooleanValue(compare(run, first(run), second(run))));
        }

        return left;
    }

    private Func<Run, Value, Value, bool>? TakeComparison()
    {
        if (tokens.Peek.Kind == TokenKind.Symbol && Operators.Comparisons.TryGetValue(tokens.Peek.Text, out var compare))
        {
            tokens.Next();
            return compare;
        }

        if (tokens.TakeName("in"))
        {
            return Operators.Contains;
        }

        if (tokens.IsName("not") && tokens.IsNameAhead("in"))
        {
            tokens.Next();
            tokens.Next();
            return (run, item, container) => !Operators.Contains(run, item, container);
        }

        return null;
    }

    private Expression ParseSum() => Binary(ParseProduct, "+", "-", "~");

    private Expression ParseProduct() => Binary(ParseUnary, "*", "/", "//", "%");

    private Expression Binary(Func<Expression> operand, params string[] symbols)
    {
        Expression left = operand();
        while (symbols.FirstOrDefault(tokens.TakeSymbol) is { } symbol)
        {
            Expression first = left;
            Expression second = operand();
            left = Guarded(run => Operators.Calculate(run, symbol, first(run), second(run)));
        }

        return left;
    }

    private static Expression Chain(Func<Expression> operand, Func<bool> follows, Func<Expression, Expression, Expression> join)
    {
        Expression left = operand();
        while (follows())
        {
            left = Guarded(join(left, operand()));
        }

        return left;
    }

    private Expression ParseUnary()
    {
        if (tokens.TakeSymbol("-"))
        {
            Expression inner = tokens.Deeper(ParseUnary);
            return run => new NumberValue(-Operators.Number(inner(run)));
        }

        return ParsePostfix(ParsePrimary());
    }

    private Expression ParsePostfix(Expression value)
    {
        while (true)
        {
            Expression target = Guarded(value);
            if (tokens.TakeSymbol("."))
            {
                value = ParseMember(target, tokens.TakeIdentifier());
            }
            else if (tokens.TakeSymbol("["))
            {
                value = ParseIndex(target);
            }
            else if (tokens.TakeSymbol("("))
            {
                Func<Run, Arguments> arguments = ParseArguments();
                value = run => Operators.Call(run, target(run), arguments(run));
            }
            else if (tokens.TakeSymbol("|"))
            {
                value = ParseFilter(target);
            }
            else if (tokens.TakeName("is"))
            {
                value = ParseTest(target);
            }
            else
            {
                return value;
            }
        }
    }

    private Expression ParseMember(Expression target, string name)
    {
        if (!tokens.IsSymbol("(") || !Methods.Known.Contains(name))
        {
            return run => Operators.Member(run, target(run), name);
        }

        tokens.Next();
        Func<Run, Arguments> arguments = ParseArguments();
        return run => Methods.Call(run, target(run), name, arguments(run));
    }

    private Expression ParseIndex(Expression target)
    {
        Expression?[] parts = new Expression?[3];
        int colons = 0;
        while (!tokens.TakeSymbol("]"))
        {
            if (tokens.TakeSymbol(":"))
            {
                colons = colons == 2 ? throw Failure.At("a slice of more than three parts") : colons + 1;
            }
            else
            {
                parts[colons] = Parse();
            }
        }

        Expression index = parts[0] ?? (_ => NoneValue.Instance);
        return colons == 0
            ? run => Operators.Index(run, target(run), index(run))
            : run => Slices.Of(run, target(run), parts[0]?.Invoke(run), parts[1]?.Invoke(run), parts[2]?.Invoke(run));
    }

    private Expression ParseFilter(Expression target)
    {
        Func<Run, Value, Arguments, Value> filter = Filters.Find(tokens.TakeIdentifier());
        Func<Run, Arguments> arguments = tokens.TakeSymbol("(") ? ParseArguments() : _ => Arguments.None;
        return run =>
        {
            run.Charge();
            return filter(run, target(run), arguments(run));
        };
    }

    private Expression ParseTest(Expression target)
    {
        bool negated = tokens.TakeName("not");
        Func<Run, Value, Arguments, bool> test = Tests.Find(tokens.TakeIdentifier());
        Func<Run, Arguments> arguments = tokens.TakeSymbol("(") ? ParseArguments() : _ => Arguments.None;
        return run => new BooleanValue(test(run, target(run), arguments(run)) != negated);
    }

    private Func<Run, Arguments> ParseArguments()
    {
        List<Expression> positional = [];
        List<(string Name, Expression Value)> named = [];
        while (!tokens.TakeSymbol(")"))
        {
            if (tokens.IsArgumentName())
            {
                string name = tokens.TakeIdentifier();
                tokens.Require("=");
                named.Add((name, Parse()));
            }
            else
            {
                positional.Add(Parse());
            }

            SeparateUnless(")");
        }

        if (named.DistinctBy(pair => pair.Name).Count() < named.Count)
        {
            throw Failure.At("an argument is given twice");
        }

        return run => new Arguments(
            [.. positional.Select(value => value(run))], named.ToDictionary(pair => pair.Name, pair => pair.Value(run)));
    }

    private Expression ParsePrimary()
    {
        Token token = tokens.Next();
        return token switch
        {
            { Kind: TokenKind.Quoted } => Constant(new TextValue(MarkedText.FromTemplate(token.Text))),
            { Kind: TokenKind.Number } => Constant(ParseNumber(token.Text)),
            { Kind: TokenKind.Name } => ParseName(token.Text),
            { Kind: TokenKind.Symbol, Text: "(" } => ParseParentheses(),
            { Kind: TokenKind.Symbol, Text: "[" } => MakeList(ParseItems("]")),
            { Kind: TokenKind.Symbol, Text: "{" } => ParseMap(),
            _ => throw Failure.At("an expression is missing"),
        };
    }

    private NumberValue ParseNumber(string digits) =>
        !tokens.IsSymbol(".") && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? new NumberValue(number)
            : throw Failure.At("a number that is not a whole one of 64 bits");

    private static Expression ParseName(string name) => name switch
    {
        "true" or "True" => Constant(new BooleanValue(true)),
        "false" or "False" => Constant(new BooleanValue(false)),
        "none" or "None" => Constant(NoneValue.Instance),
        _ when Keywords.Contains(name) => throw Failure.At("an expression is missing"),
        _ => run =>
        {
            run.Charge();
            return run.Scope.Find(name);
        },
    };

    private Expression ParseParentheses()
    {
        Expression first = Parse();
        if (tokens.TakeSymbol(")"))
        {
            return first;
        }

        tokens.Require(",");
        return MakeList([first, .. ParseItems(")")]);
    }

    private List<Expression> ParseItems(string close)
    {
        List<Expression> items = [];
        while (!tokens.TakeSymbol(close))
        {
            items.Add(Parse());
            SeparateUnless(close);
        }

        return items;
    }

    private Expression ParseMap()
    {
        List<(Expression Key, Expression Value)> members = [];
        while (!tokens.TakeSymbol("}"))
        {
            Expression key = Parse();
            tokens.Require(":");
            members.Add((key, Parse()));
            SeparateUnless("}");
        }

        return run =>
        {
            run.Charge();
            Dictionary<string, Value> map = [];
            members.ForEach(member => map[Operators.Text(member.Key(run)).Text] = member.Value(run));
            return new MapValue(map);
        };
    }

    private void SeparateUnless(string close)
    {
        if (!tokens.IsSymbol(close))
        {
            tokens.Require(",");
        }
    }

    private static Expression MakeList(List<Expression> items) => run =>
    {
        run.Charge();
        return new ListValue([.. items.Select(item => item(run))]);
    };

    private static Expression Constant(Value value) => _ => value;

    private static Expression Guarded(Expression inner) => run =>
    {
        Run.Enter();
        return inner(run);
    };
}
