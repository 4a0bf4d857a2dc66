using System.Runtime.CompilerServices;
using CocoonP2P.Inference;

namespace CocoonP2P.Text.Templates;

/// <summary>An expression, compiled.</summary>
internal delegate Value Expression(Run run);

/// <summary>A statement, compiled.</summary>
internal delegate void Statement(Run run);

/// <summary>One rendering: names, output, and what has been used up.</summary>
internal sealed class Run(Scope globals)
{
    private List<MarkedText> _output = [];
    private long _steps;
    private int _length;
    private int _depth;

    /// <summary>The names that are visible now.</summary>
    public Scope Scope { get; private set; } = globals;

    /// <summary>Counts work, one and more for long texts.</summary>
    /// <exception cref="InferenceException">The template has used up its steps.</exception>
    public void Charge(int characters = 0)
    {
        _steps += 1 + (characters / 64);
        if (_steps > TemplateLimits.Steps)
        {
            throw Failure.At($"more than {TemplateLimits.Steps} steps");
        }
    }

    /// <summary>
    /// Before going deeper: a chain such as a + a + a … is as deep as it is long, and an overrun stack cannot be caught.
    /// </summary>
    /// <exception cref="InferenceException">The stack is nearly used up.</exception>
    public static void Enter()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Failure.At("an expression is too long");
        }
    }

    /// <summary>Writes to the output.</summary>
    public void Write(MarkedText text)
    {
        Charge(text.Text.Length);
        _length += text.Text.Length;
        if (_length > TemplateLimits.Output)
        {
            throw Failure.At($"more than {TemplateLimits.Output} characters of output");
        }

        _output.Add(text);
    }

    /// <summary>Puts texts together, within the bounds.</summary>
    public MarkedText Concat(IReadOnlyCollection<MarkedText> parts)
    {
        long length = parts.Sum(part => (long)part.Text.Length);
        if (length > TemplateLimits.Output)
        {
            throw Failure.At($"a string of more than {TemplateLimits.Output} characters");
        }

        Charge((int)length + parts.Count);
        return MarkedText.Concat(parts);
    }

    /// <summary>All that was written.</summary>
    public MarkedText Result() => MarkedText.Concat(_output);

    /// <summary>Runs statements with their output caught instead of written.</summary>
    public MarkedText Capture(Statement body)
    {
        List<MarkedText> outer = _output;
        _output = [];
        try
        {
            body(this);
            return Concat(_output);
        }
        finally
        {
            _output = outer;
        }
    }

    /// <summary>Runs something with other names in sight.</summary>
    public T Within<T>(Scope scope, Func<T> body)
    {
        if (_depth == TemplateLimits.Depth)
        {
            throw Failure.At($"nested deeper than {TemplateLimits.Depth}");
        }

        Scope outer = Scope;
        Scope = scope;
        _depth++;
        try
        {
            return body();
        }
        finally
        {
            Scope = outer;
            _depth--;
        }
    }
}

/// <summary>Names and what they mean; a block sees those around it and sets its own.</summary>
internal sealed class Scope(Scope? outer)
{
    private readonly Dictionary<string, Value> _names = new(StringComparer.Ordinal);

    /// <summary>The outermost one: what a macro sees.</summary>
    public Scope Outermost => outer?.Outermost ?? this;

    public Value Find(string name) =>
        _names.TryGetValue(name, out Value? value) ? value : outer?.Find(name) ?? UndefinedValue.Instance;

    public void Set(string name, Value value) => _names[name] = value;
}
