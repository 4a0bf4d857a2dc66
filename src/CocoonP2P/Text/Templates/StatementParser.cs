namespace CocoonP2P.Text.Templates;

/// <summary>Compiles text, {{ }} and {% %}. What it does not know is refused here, when the template is loaded.</summary>
internal sealed class StatementParser(TokenReader tokens)
{
    private readonly ExpressionParser _expressions = new(tokens);

    /// <summary>The whole template.</summary>
    public Statement ParseAll()
    {
        Statement body = ParseBlock([], out _);
        return tokens.Peek.Kind == TokenKind.End ? body : throw Failure.At("a block is closed that was not opened");
    }

    /// <summary>Statements up to one of the closing names, whose tag stays open for the caller.</summary>
    private Statement ParseBlock(string[] closers, out string closer)
    {
        List<Statement> statements = [];
        string found = "";
        tokens.Deeper(() =>
        {
            while (tokens.Peek.Kind != TokenKind.End)
            {
                Token token = tokens.Next();
                if (token.Kind == TokenKind.OpenBlock && closers.FirstOrDefault(tokens.TakeName) is { } name)
                {
                    found = name;
                    break;
                }

                statements.Add(Parse(token));
            }

            return true;
        });
        closer = found;
        if (closers.Length > 0 && found.Length == 0)
        {
            throw Failure.At($"{closers[^1]} is missing");
        }

        return run => statements.ForEach(statement => statement(run));
    }

    private Statement Parse(Token token)
    {
        if (token.Kind == TokenKind.Text)
        {
            MarkedText text = MarkedText.FromTemplate(token.Text);
            return run => run.Write(text);
        }

        if (token.Kind == TokenKind.OpenOutput)
        {
            Expression value = _expressions.Parse();
            tokens.RequireClose();
            return run => run.Write(value(run).ToText());
        }

        string name = tokens.TakeIdentifier();
        return name switch
        {
            "if" => ParseIf(),
            "for" => ParseFor(),
            "set" => ParseSet(),
            "macro" => ParseMacro(),
            "generation" => ParseGeneration(),
            _ => throw Failure.At($"block {name} is not supported"),
        };
    }

    private Statement ParseIf()
    {
        Expression condition = _expressions.Parse();
        tokens.RequireClose();
        Statement body = ParseBlock(["elif", "else", "endif"], out string closer);
        Statement otherwise = _ => { };
        if (closer == "elif")
        {
            otherwise = tokens.Deeper(ParseIf);
        }
        else
        {
            tokens.RequireClose();
            if (closer == "else")
            {
                otherwise = ParseBlock(["endif"], out _);
                tokens.RequireClose();
            }
        }

        return run => (condition(run).IsTrue ? body : otherwise)(run);
    }

    private Statement ParseFor()
    {
        List<string> names = [tokens.TakeIdentifier()];
        while (tokens.TakeSymbol(","))
        {
            names.Add(tokens.TakeIdentifier());
        }

        tokens.RequireName("in");
        Expression items = _expressions.ParseOr();
        Expression? filter = tokens.TakeName("if") ? _expressions.Parse() : null;
        tokens.RequireClose();
        Statement body = ParseBlock(["else", "endfor"], out string closer);
        tokens.RequireClose();
        Statement otherwise = _ => { };
        if (closer == "else")
        {
            otherwise = ParseBlock(["endfor"], out _);
            tokens.RequireClose();
        }

        return new Loop(names, items, filter, body, otherwise).Run;
    }

    private Statement ParseSet()
    {
        List<string> names = [tokens.TakeIdentifier()];
        string? member = tokens.TakeSymbol(".") ? tokens.TakeIdentifier() : null;
        while (member is null && tokens.TakeSymbol(","))
        {
            names.Add(tokens.TakeIdentifier());
        }

        Expression value;
        if (tokens.TakeSymbol("="))
        {
            value = _expressions.ParseTuple();
            tokens.RequireClose();
        }
        else
        {
            tokens.RequireClose();
            Statement body = ParseBlock(["endset"], out _);
            tokens.RequireClose();
            value = run => new TextValue(run.Capture(body));
        }

        return member is null
            ? run => Loop.Assign(run.Scope, names, value(run))
            : run => Namespaces.Set(run.Scope.Find(names[0]), member, value(run));
    }

    private Statement ParseMacro()
    {
        string name = tokens.TakeIdentifier();
        tokens.Require("(");
        List<(string Name, Expression? Default)> parameters = [];
        while (!tokens.TakeSymbol(")"))
        {
            string parameter = tokens.TakeIdentifier();
            parameters.Add((parameter, tokens.TakeSymbol("=") ? _expressions.Parse() : null));
            if (!tokens.IsSymbol(")"))
            {
                tokens.Require(",");
            }
        }

        tokens.RequireClose();
        Statement body = ParseBlock(["endmacro"], out _);
        tokens.RequireClose();
        return run => run.Scope.Set(name, new FunctionValue(name, (caller, arguments) =>
        {
            Scope scope = new(caller.Scope.Outermost);
            for (int i = 0; i < parameters.Count; i++)
            {
                Value value = arguments.Find(i, parameters[i].Name)
                    ?? parameters[i].Default?.Invoke(caller)
                    ?? UndefinedValue.Instance;
                scope.Set(parameters[i].Name, value);
            }

            return caller.Within(scope, () => new TextValue(caller.Capture(body)));
        }));
    }

    /// <summary>Marks what the assistant said, for training; without meaning here.</summary>
    private Statement ParseGeneration()
    {
        tokens.RequireClose();
        Statement body = ParseBlock(["endgeneration"], out _);
        tokens.RequireClose();
        return body;
    }
}
