namespace CocoonP2P.Text.Templates;

/// <summary>x is name. A name that is not here is refused when the template is loaded.</summary>
internal static class Tests
{
    private static readonly Dictionary<string, Func<Run, Value, Arguments, bool>> Known = new()
    {
        ["defined"] = (_, value, _) => value is not UndefinedValue,
        ["undefined"] = (_, value, _) => value is UndefinedValue,
        ["none"] = (_, value, _) => value is NoneValue,
        ["string"] = (_, value, _) => value is TextValue,
        ["mapping"] = (_, value, _) => value is MapValue,
        ["iterable"] = (_, value, _) => value is ListValue or MapValue or TextValue,
        ["sequence"] = (_, value, _) => value is ListValue or MapValue or TextValue,
        ["number"] = (_, value, _) => value is NumberValue,
        ["integer"] = (_, value, _) => value is NumberValue,
        ["boolean"] = (_, value, _) => value is BooleanValue,
        ["true"] = (_, value, _) => value is BooleanValue { Value: true },
        ["false"] = (_, value, _) => value is BooleanValue { Value: false },
        ["callable"] = (_, value, _) => value is FunctionValue,
        ["odd"] = (_, value, _) => Operators.Number(value) % 2 != 0,
        ["even"] = (_, value, _) => Operators.Number(value) % 2 == 0,
        ["equalto"] = IsEqual,
        ["eq"] = IsEqual,
    };

    public static Func<Run, Value, Arguments, bool> Find(string name) =>
        Known.TryGetValue(name, out Func<Run, Value, Arguments, bool>? test)
            ? test
            : throw Failure.At($"test {name} is not supported");

    private static bool IsEqual(Run run, Value value, Arguments arguments) =>
        Operators.AreEqual(run, value, arguments.Find(0, "other") ?? UndefinedValue.Instance);
}
