using CocoonP2P.Inference;

namespace CocoonP2P.Text.Templates;

/// <summary>
/// A chat template: a bounded subset of Jinja. Constructs outside of it are refused when it is loaded. Rendering is pure:
/// the same turns give the same text, and what a person wrote stays marked as such.
/// </summary>
internal sealed class ChatTemplate
{
    private readonly Statement _body;

    private ChatTemplate(Statement body) => _body = body;

    /// <summary>Compiles a template.</summary>
    /// <exception cref="InferenceException">TemplateError naming the construct.</exception>
    public static ChatTemplate Load(string source)
    {
        if (source.Length > TemplateLimits.Source)
        {
            throw Failure.At($"{source.Length} characters, limit {TemplateLimits.Source}");
        }

        string unified = source.ReplaceLineEndings("\n");
        return new ChatTemplate(new StatementParser(new TokenReader(new Lexer(unified).Read())).ParseAll());
    }

    /// <summary>Renders turns, ready for the assistant's next one.</summary>
    /// <exception cref="InferenceException">TemplateError: the template refuses the turns, or breaks a bound.</exception>
    public MarkedText Render(IReadOnlyList<ChatTurn> turns)
    {
        Scope globals = new(null);
        globals.Set("messages", new ListValue([.. turns.Select(AsValue)]));
        globals.Set("add_generation_prompt", new BooleanValue(true));
        globals.Set("namespace", new FunctionValue("namespace", Namespaces.Create));
        globals.Set("range", new FunctionValue("range", Range));
        globals.Set("raise_exception", new FunctionValue("raise_exception", Refuse));
        Run run = new(globals);
        try
        {
            _body(run);
            return run.Result();
        }
        catch (OverflowException)
        {
            throw Failure.At("a number past 64 bits");
        }
    }

    private static MapValue AsValue(ChatTurn turn) => new(new Dictionary<string, Value>
    {
        ["role"] = new TextValue(MarkedText.FromData(turn.Role)),
        ["content"] = new TextValue(MarkedText.FromData(turn.Content)),
    });

    private static ListValue Range(Run run, Arguments arguments)
    {
        long[] numbers = [.. arguments.Positional.Select(Operators.Number)];
        (long from, long to, long step) = numbers switch
        {
            [long end] => (0, end, 1),
            [long start, long end] => (start, end, 1),
            [long start, long end, long stride] when stride != 0 => (start, end, stride),
            _ => throw Failure.At("range takes one to three numbers, the last not 0"),
        };
        List<Value> items = [];
        for (long number = from; step > 0 ? number < to : number > to; number += step)
        {
            run.Charge();
            items.Add(items.Count < TemplateLimits.Items
                ? new NumberValue(number)
                : throw Failure.At($"a range of more than {TemplateLimits.Items} numbers"));
        }

        return new ListValue(items);
    }

    /// <summary>The template's own words are not passed on: they may quote a message.</summary>
    private static UndefinedValue Refuse(Run run, Arguments arguments) => throw Failure.At("it refuses these messages");
}
