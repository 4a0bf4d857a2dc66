namespace CocoonP2P.Text.Templates;

/// <summary>x | name(arguments). A name that is not here is refused when the template is loaded.</summary>
internal static class Filters
{
    private static readonly Dictionary<string, Func<Run, Value, Arguments, Value>> Known = new()
    {
        ["trim"] = (run, value, _) => Methods.Call(run, AsText(value), "strip", Arguments.None),
        ["upper"] = (run, value, _) => Methods.Call(run, AsText(value), "upper", Arguments.None),
        ["lower"] = (run, value, _) => Methods.Call(run, AsText(value), "lower", Arguments.None),
        ["title"] = (run, value, _) => Methods.Call(run, AsText(value), "title", Arguments.None),
        ["capitalize"] = (run, value, _) => Methods.Call(run, AsText(value), "capitalize", Arguments.None),
        ["replace"] = (run, value, arguments) => Methods.Call(run, AsText(value), "replace", arguments),
        ["string"] = (_, value, _) => AsText(value),
        ["safe"] = (_, value, _) => value,
        ["tojson"] = ToJson,
        ["length"] = (_, value, _) => Length(value),
        ["count"] = (_, value, _) => Length(value),
        ["first"] = (run, value, _) => Operators.Items(run, value).FirstOrDefault(UndefinedValue.Instance),
        ["last"] = (run, value, _) => Operators.Items(run, value).LastOrDefault(UndefinedValue.Instance),
        ["list"] = (run, value, _) => new ListValue(Operators.Items(run, value)),
        ["reverse"] = (run, value, _) => new ListValue([.. Operators.Items(run, value).Reverse()]),
        ["items"] = (run, value, _) => Methods.Call(run, value, "items", Arguments.None),
        ["join"] = Join,
        ["default"] = Default,
        ["d"] = Default,
        ["int"] = (_, value, _) => value is TextValue text
            ? new NumberValue(long.TryParse(text.Text.Text, out long number) ? number : 0)
            : new NumberValue(Operators.Number(value)),
        ["map"] = Map,
        ["selectattr"] = (run, value, arguments) => Select(run, value, arguments, wanted: true),
        ["rejectattr"] = (run, value, arguments) => Select(run, value, arguments, wanted: false),
    };

    public static Func<Run, Value, Arguments, Value> Find(string name) =>
        Known.TryGetValue(name, out Func<Run, Value, Arguments, Value>? filter)
            ? filter
            : throw Failure.At($"filter {name} is not supported");

    private static TextValue AsText(Value value) => value as TextValue ?? new TextValue(value.ToText());

    private static TextValue ToJson(Run run, Value value, Arguments arguments)
    {
        int? indent = arguments.Find(0, "indent") is NumberValue { Value: >= 0 and <= 16 } width ? (int)width.Value : null;
        string json = JsonText.Write(value, indent);
        run.Charge(json.Length);
        return new TextValue(MarkedText.FromData(json));
    }

    private static NumberValue Length(Value value) => new(value switch
    {
        TextValue text => text.Text.Text.Length,
        ListValue list => list.Items.Count,
        MapValue map => map.Members.Count,
        _ => throw Failure.At($"length of {value.Kind}"),
    });

    private static TextValue Join(Run run, Value value, Arguments arguments)
    {
        MarkedText separator = arguments.Find(0, "d") is TextValue text ? text.Text : MarkedText.Empty;
        List<MarkedText> parts = [];
        foreach (Value item in Operators.Items(run, value))
        {
            if (parts.Count > 0)
            {
                parts.Add(separator);
            }

            parts.Add(item.ToText());
        }

        return new TextValue(run.Concat(parts));
    }

    private static Value Default(Run run, Value value, Arguments arguments)
    {
        bool alsoFalse = arguments.Find(1, "boolean")?.IsTrue ?? false;
        bool missing = value is UndefinedValue || (alsoFalse && !value.IsTrue);
        return missing ? arguments.Find(0, "default_value") ?? new TextValue(MarkedText.Empty) : value;
    }

    private static ListValue Map(Run run, Value value, Arguments arguments)
    {
        if (arguments.Named.TryGetValue("attribute", out Value? attribute))
        {
            string name = Operators.Text(attribute).Text;
            return new ListValue([.. Operators.Items(run, value).Select(item => Operators.Member(run, item, name))]);
        }

        Func<Run, Value, Arguments, Value> filter = Find(arguments.Text(0, "filter").Text);
        Arguments rest = new([.. arguments.Positional.Skip(1)], arguments.Named);
        return new ListValue([.. Operators.Items(run, value).Select(item => filter(run, item, rest))]);
    }

    private static ListValue Select(Run run, Value value, Arguments arguments, bool wanted)
    {
        string name = arguments.Text(0, "attribute").Text;
        Func<Run, Value, Arguments, bool> test = arguments.Positional.Count > 1
            ? Tests.Find(arguments.Text(1, "test").Text)
            : (_, member, _) => member.IsTrue;
        Arguments rest = new([.. arguments.Positional.Skip(2)], arguments.Named);
        return new ListValue(
            [.. Operators.Items(run, value).Where(item => test(run, Operators.Member(run, item, name), rest) == wanted)]);
    }
}
