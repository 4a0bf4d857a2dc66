using CocoonP2P.Inference;
using CocoonP2P.Text.Tools;

namespace CocoonP2P.Text.Templates;

/// <summary>
/// A chat template: a bounded subset of Jinja. Constructs outside of it are refused when it is loaded. Rendering is pure:
/// the same turns give the same text, and what a person wrote stays marked as such.
/// </summary>
internal sealed class ChatTemplate
{
    private readonly Statement _body;

    private ChatTemplate(Statement body, bool knowsTools) => (_body, KnowsTools) = (body, knowsTools);

    /// <summary>Whether the template reads the variable <c>tools</c>, so that it renders calls and results itself.</summary>
    public bool KnowsTools { get; }

    /// <summary>Compiles a template.</summary>
    /// <exception cref="InferenceException">TemplateError naming the construct.</exception>
    public static ChatTemplate Load(string source)
    {
        if (source.Length > TemplateLimits.Source)
        {
            throw Failure.At($"{source.Length} characters, limit {TemplateLimits.Source}");
        }

        string unified = source.ReplaceLineEndings("\n");
        IReadOnlyList<Token> tokens = new Lexer(unified).Read();
        bool knowsTools = tokens.Any(token => token is { Kind: TokenKind.Name, Text: "tools" });
        return new ChatTemplate(new StatementParser(new TokenReader(tokens)).ParseAll(), knowsTools);
    }

    /// <summary>Renders turns, ready for the assistant's next one.</summary>
    /// <exception cref="InferenceException">TemplateError: the template refuses the turns, or breaks a bound.</exception>
    public MarkedText Render(IReadOnlyList<ChatTurn> turns) => Render(new ChatPrompt(turns));

    /// <summary>Renders a conversation with its tools; a template that knows none is given them as text.</summary>
    /// <exception cref="InferenceException">TemplateError: the template refuses the turns, or breaks a bound.</exception>
    public MarkedText Render(ChatPrompt prompt)
    {
        Scope globals = new(null);
        globals.Set("messages", new ListValue([.. (KnowsTools ? prompt.Turns : ToolPrompt.Flatten(prompt)).Select(PromptValues.Of)]));
        if (KnowsTools)
        {
            globals.Set("tools", PromptValues.Of(prompt.Tools));
        }

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
