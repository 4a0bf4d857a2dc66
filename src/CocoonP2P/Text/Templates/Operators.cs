namespace CocoonP2P.Text.Templates;

/// <summary>What operators, members and calls do with values.</summary>
internal static class Operators
{
    public static readonly Dictionary<string, Func<Run, Value, Value, bool>> Comparisons = new()
    {
        ["=="] = (run, left, right) => AreEqual(run, left, right),
        ["!="] = (run, left, right) => !AreEqual(run, left, right),
        ["<"] = (run, left, right) => Compare(run, left, right) < 0,
        ["<="] = (run, left, right) => Compare(run, left, right) <= 0,
        [">"] = (run, left, right) => Compare(run, left, right) > 0,
        [">="] = (run, left, right) => Compare(run, left, right) >= 0,
    };

    public static long Number(Value value) => value switch
    {
        NumberValue number => number.Value,
        BooleanValue flag => flag.Value ? 1 : 0,
        _ => throw Failure.At($"{value.Kind} where a number is needed"),
    };

    public static MarkedText Text(Value value) =>
        value is TextValue text ? text.Text : throw Failure.At($"{value.Kind} where a string is needed");

    /// <summary>The items that a loop goes over: of a list, the keys of a mapping, the characters of a text.</summary>
    public static IReadOnlyList<Value> Items(Run run, Value value)
    {
        switch (value)
        {
            case ListValue list:
                run.Charge(list.Items.Count);
                return list.Items;
            case MapValue map:
                run.Charge(map.Members.Count * 16);
                return [.. map.Members.Keys.Select(key => new TextValue(MarkedText.FromData(key)))];
            case TextValue text when text.Text.Text.Length <= TemplateLimits.Items:
                run.Charge(text.Text.Text.Length * 64);
                return [.. Enumerable.Range(0, text.Text.Text.Length).Select(i => new TextValue(text.Text.Slice(i, 1)))];
            case UndefinedValue:
                return [];
            default:
                throw Failure.At($"{value.Kind} has no items, or too many");
        }
    }

    public static bool Contains(Run run, Value item, Value container)
    {
        switch (container)
        {
            case TextValue text:
                run.Charge(text.Text.Text.Length);
                return text.Text.Text.Contains(Text(item).Text, StringComparison.Ordinal);
            case ListValue list:
                return list.Items.Any(entry => AreEqual(run, entry, item));
            case MapValue map:
                return item is TextValue key && map.Members.ContainsKey(key.Text.Text);
            case UndefinedValue:
                return false;
            default:
                throw Failure.At($"'in' with {container.Kind}");
        }
    }

    public static Value Calculate(Run run, string symbol, Value left, Value right)
    {
        run.Charge();
        return symbol switch
        {
            "~" => new TextValue(run.Concat([left.ToText(), right.ToText()])),
            "+" when left is TextValue first && right is TextValue second => new TextValue(run.Concat([first.Text, second.Text])),
            "+" when left is ListValue first && right is ListValue second => Join(run, first, second),
            "+" => new NumberValue(Number(left) + Number(right)),
            "-" => new NumberValue(Number(left) - Number(right)),
            "*" => new NumberValue(Number(left) * Number(right)),
            "//" => new NumberValue(FloorDivide(Number(left), Number(right))),
            "%" => new NumberValue(Number(left) - (FloorDivide(Number(left), Number(right)) * Number(right))),
            _ => throw Failure.At($"'{symbol}' is not supported"),
        };
    }

    public static Value Member(Run run, Value target, string name)
    {
        run.Charge();
        return target switch
        {
            MapValue map => map.Members.GetValueOrDefault(name, UndefinedValue.Instance),
            UndefinedValue => throw Failure.At($"member {name} of something undefined"),
            _ => UndefinedValue.Instance,
        };
    }

    public static Value Index(Run run, Value target, Value index)
    {
        switch (target)
        {
            case MapValue or UndefinedValue when index is TextValue key:
                return Member(run, target, key.Text.Text);
            case ListValue list:
                return Number(index) is long at && At(at, list.Items.Count) is int i ? list.Items[i] : UndefinedValue.Instance;
            case TextValue text:
                return Number(index) is long place && At(place, text.Text.Text.Length) is int c
                    ? new TextValue(text.Text.Slice(c, 1))
                    : UndefinedValue.Instance;
            default:
                throw Failure.At($"{target.Kind} has no index");
        }
    }

    public static Value Call(Run run, Value target, Arguments arguments)
    {
        run.Charge();
        return target is FunctionValue function
            ? function.Call(run, arguments)
            : throw Failure.At($"{target.Kind} is called");
    }

    /// <summary>Whether two values are the same; lists and mappings item by item.</summary>
    public static bool AreEqual(Run run, Value left, Value right)
    {
        Run.Enter();
        run.Charge(left is TextValue text ? text.Text.Text.Length : 0);
        return (left, right) switch
        {
            (NumberValue or BooleanValue, NumberValue or BooleanValue) => Number(left) == Number(right),
            (ListValue first, ListValue second) => first.Items.Count == second.Items.Count
                && first.Items.Zip(second.Items).All(pair => AreEqual(run, pair.First, pair.Second)),
            (MapValue { IsNamespace: false } first, MapValue { IsNamespace: false } second) =>
                first.Members.Count == second.Members.Count
                && first.Members.All(member =>
                    second.Members.TryGetValue(member.Key, out Value? value) && AreEqual(run, member.Value, value)),
            _ => left.Equals(right),
        };
    }

    private static int Compare(Run run, Value left, Value right)
    {
        run.Charge(left is TextValue text ? text.Text.Text.Length : 0);
        return left is TextValue first && right is TextValue second
            ? string.CompareOrdinal(first.Text.Text, second.Text.Text)
            : Number(left).CompareTo(Number(right));
    }

    private static ListValue Join(Run run, ListValue first, ListValue second)
    {
        int count = first.Items.Count + second.Items.Count;
        run.Charge(count * 64);
        return count <= TemplateLimits.Items
            ? new ListValue([.. first.Items, .. second.Items])
            : throw Failure.At($"a list of more than {TemplateLimits.Items} items");
    }

    private static long FloorDivide(long left, long right)
    {
        if (right == 0)
        {
            throw Failure.At("a division by zero");
        }

        long quotient = left / right;
        return left % right != 0 && (left < 0) != (right < 0) ? quotient - 1 : quotient;
    }

    private static int? At(long index, int count)
    {
        long at = index < 0 ? index + count : index;
        return at >= 0 && at < count ? (int)at : null;
    }
}
