namespace CocoonP2P.Text.Templates;

/// <summary>x.name(arguments) on texts and mappings.</summary>
internal static class Methods
{
    /// <summary>The names that are methods wherever they are called.</summary>
    public static readonly HashSet<string> Known =
    [
        "strip", "lstrip", "rstrip", "split", "replace", "startswith", "endswith", "upper", "lower", "title", "capitalize",
        "join", "find", "items", "keys", "values", "get",
    ];

    public static Value Call(Run run, Value target, string name, Arguments arguments)
    {
        run.Charge(target is TextValue text ? text.Text.Text.Length : 0);
        return target switch
        {
            TextValue value => OnText(run, value.Text, name, arguments),
            MapValue map when map.Members.GetValueOrDefault(name) is FunctionValue function => function.Call(run, arguments),
            MapValue map => OnMap(map, name, arguments),
            _ => throw Failure.At($"{name}() of {target.Kind}"),
        };
    }

    private static Value OnMap(MapValue map, string name, Arguments arguments) => name switch
    {
        "keys" => new ListValue([.. map.Members.Keys.Select(Data)]),
        "values" => new ListValue([.. map.Members.Values]),
        "items" => new ListValue([.. map.Members.Select(member => new ListValue([Data(member.Key), member.Value]))]),
        "get" => map.Members.GetValueOrDefault(
            arguments.Text(0, "key").Text, arguments.Find(1, "default") ?? NoneValue.Instance),
        _ => throw Failure.At($"{name}() of {map.Kind}"),
    };

    private static Value OnText(Run run, MarkedText text, string name, Arguments arguments) => name switch
    {
        "strip" => new TextValue(Strip(text, arguments, left: true, right: true)),
        "lstrip" => new TextValue(Strip(text, arguments, left: true, right: false)),
        "rstrip" => new TextValue(Strip(text, arguments, left: false, right: true)),
        "startswith" => new BooleanValue(text.Text.StartsWith(arguments.Text(0, "prefix").Text, StringComparison.Ordinal)),
        "endswith" => new BooleanValue(text.Text.EndsWith(arguments.Text(0, "suffix").Text, StringComparison.Ordinal)),
        "find" => new NumberValue(text.Text.IndexOf(arguments.Text(0, "sub").Text, StringComparison.Ordinal)),
        "upper" => new TextValue(text.WithSameMarks(value => value.ToUpperInvariant())),
        "lower" => new TextValue(text.WithSameMarks(value => value.ToLowerInvariant())),
        "capitalize" => new TextValue(text.WithSameMarks(Capitalise)),
        "title" => new TextValue(text.WithSameMarks(value => string.Join(' ', value.Split(' ').Select(Capitalise)))),
        "split" => Split(run, text, arguments),
        "replace" => Replace(run, text, arguments.Text(0, "old"), arguments.Text(1, "new")),
        "join" => Filters.Find("join")(run, arguments.Positional[0], new Arguments([new TextValue(text)], arguments.Named)),
        _ => throw Failure.At($"{name}() of a string"),
    };

    private static TextValue Data(string text) => new(MarkedText.FromData(text));

    private static string Capitalise(string text) =>
        text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant();

    private static MarkedText Strip(MarkedText text, Arguments arguments, bool left, bool right)
    {
        string? set = arguments.Find(0, "chars") is TextValue chars ? chars.Text.Text : null;
        bool Goes(char c) => set is null ? char.IsWhiteSpace(c) : set.Contains(c);
        int start = 0;
        int end = text.Text.Length;
        while (left && start < end && Goes(text.Text[start]))
        {
            start++;
        }

        while (right && end > start && Goes(text.Text[end - 1]))
        {
            end--;
        }

        return text.Slice(start, end - start);
    }

    /// <summary>Between separators; without one between runs of white space, and then no part is empty.</summary>
    private static ListValue Split(Run run, MarkedText text, Arguments arguments)
    {
        string? separator = arguments.Find(0, "sep") is TextValue given ? given.Text.Text : null;
        if (separator == "")
        {
            throw Failure.At("split by nothing");
        }

        List<Value> parts = [];
        int start = 0;
        for (int i = 0; i <= text.Text.Length; i++)
        {
            bool end = i == text.Text.Length;
            bool cut = end || (separator is null
                ? char.IsWhiteSpace(text.Text[i])
                : string.CompareOrdinal(text.Text, i, separator, 0, separator.Length) == 0);
            if (!cut)
            {
                continue;
            }

            if (separator is not null || i > start)
            {
                parts.Add(new TextValue(text.Slice(start, i - start)));
            }

            start = i + (separator?.Length ?? 1);
            i = end ? i : start - 1;
            run.Charge();
        }

        return parts.Count <= TemplateLimits.Items
            ? new ListValue(parts)
            : throw Failure.At($"a list of more than {TemplateLimits.Items} items");
    }

    private static TextValue Replace(Run run, MarkedText text, MarkedText old, MarkedText replacement)
    {
        if (old.Text.Length == 0)
        {
            throw Failure.At("replace of nothing");
        }

        List<MarkedText> parts = [];
        int start = 0;
        while (text.Text.IndexOf(old.Text, start, StringComparison.Ordinal) is >= 0 and int found)
        {
            parts.Add(text.Slice(start, found - start));
            parts.Add(replacement);
            start = found + old.Text.Length;
        }

        parts.Add(text.Slice(start, text.Text.Length - start));
        return new TextValue(run.Concat(parts));
    }
}
