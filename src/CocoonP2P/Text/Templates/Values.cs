using CocoonP2P.Inference;

namespace CocoonP2P.Text.Templates;

/// <summary>What an expression of a template yields. JSON-like; nothing is reflected.</summary>
/// <remarks>Lists and mappings are equal to themselves alone: <see cref="Operators.AreEqual"/> compares contents, and counts.</remarks>
internal abstract record Value
{
    /// <summary>Whether an if takes it for true.</summary>
    public virtual bool IsTrue => true;

    /// <summary>What {{ }} writes.</summary>
    public abstract MarkedText ToText();

    /// <summary>What a message for a person calls it.</summary>
    public abstract string Kind { get; }
}

/// <summary>A name or a member that does not exist.</summary>
internal sealed record UndefinedValue : Value
{
    public static readonly UndefinedValue Instance = new();

    public override bool IsTrue => false;

    public override string Kind => "undefined";

    public override MarkedText ToText() => MarkedText.Empty;
}

/// <summary>none</summary>
internal sealed record NoneValue : Value
{
    public static readonly NoneValue Instance = new();

    public override bool IsTrue => false;

    public override string Kind => "none";

    public override MarkedText ToText() => MarkedText.FromData("None");
}

/// <summary>true or false</summary>
internal sealed record BooleanValue(bool Value) : Value
{
    public override bool IsTrue => Value;

    public override string Kind => "boolean";

    public override MarkedText ToText() => MarkedText.FromData(Value ? "True" : "False");
}

/// <summary>A whole number of 64 bits.</summary>
internal sealed record NumberValue(long Value) : Value
{
    public override bool IsTrue => Value != 0;

    public override string Kind => "number";

    public override MarkedText ToText() => MarkedText.FromData(Value.ToString(null, null));
}

/// <summary>A text with its marks. Two texts are equal when their characters are, whoever wrote them.</summary>
internal sealed record TextValue(MarkedText Text) : Value
{
    public override bool IsTrue => Text.Text.Length > 0;

    public override string Kind => "string";

    public override MarkedText ToText() => Text;

    public bool Equals(TextValue? other) => other is not null && other.Text.Text == Text.Text;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text.Text);
}

/// <summary>A list, or what other languages call a tuple.</summary>
internal sealed record ListValue(IReadOnlyList<Value> Items) : Value
{
    public override bool IsTrue => Items.Count > 0;

    public override string Kind => "list";

    public override MarkedText ToText() => MarkedText.FromData(JsonText.Write(this, null));

    public bool Equals(ListValue? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Items.Count;
}

/// <summary>A mapping from texts; a namespace is one that a template may change.</summary>
internal sealed record MapValue(Dictionary<string, Value> Members, bool IsNamespace = false) : Value
{
    public override bool IsTrue => Members.Count > 0;

    public override string Kind => IsNamespace ? "namespace" : "mapping";

    public override MarkedText ToText() => MarkedText.FromData(JsonText.Write(this, null));

    public bool Equals(MapValue? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => Members.Count;
}

/// <summary>A macro or a function that the engine provides.</summary>
internal sealed record FunctionValue(string Name, Func<Run, Arguments, Value> Call) : Value
{
    public override string Kind => "function";

    public override MarkedText ToText() => throw Failure.At($"{Name} is written out without being called");
}

/// <summary>What a function, a filter or a test is called with.</summary>
internal sealed record Arguments(IReadOnlyList<Value> Positional, IReadOnlyDictionary<string, Value> Named)
{
    public static readonly Arguments None = new([], new Dictionary<string, Value>());

    /// <summary>An argument by place or by name, or null.</summary>
    public Value? Find(int index, string name) =>
        index < Positional.Count ? Positional[index] : Named.GetValueOrDefault(name);

    /// <summary>An argument that must be there and be a text.</summary>
    public MarkedText Text(int index, string name) =>
        Find(index, name) is TextValue text ? text.Text : throw Failure.At($"{name} is not a string");
}

/// <summary>The one error of templates. Messages name constructs and kinds, never contents.</summary>
internal static class Failure
{
    public static InferenceException At(string problem) => new(InferenceErrorCode.TemplateError, $"chat template: {problem}");
}
