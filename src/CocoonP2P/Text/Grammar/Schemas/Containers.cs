using CocoonP2P.Text.Grammar.Automata;

namespace CocoonP2P.Text.Grammar.Schemas;

/// <summary>Objects and lists, as rules that nest. Members stand in the schema's order; those that are not required may be left out.</summary>
internal static class Containers
{
    /// <param name="parts">What they are made of.</param>
    /// <param name="properties">In their order.</param>
    /// <param name="others">The rule of values under other names; null: there are none.</param>
    /// <returns>A rule.</returns>
    public static int Object(JsonParts parts, IReadOnlyList<Property> properties, int? others)
    {
        AutomatonBuilder build = parts.Build;
        int rule = build.NewRule(nests: true);
        (int start, int end, _) = build.Rule(rule);
        int lastRequired = properties.ToList().FindLastIndex(p => p.IsRequired);

        // At "first" no member was said yet; at "comma" one must follow.
        (int first, int comma, int close) = (build.Node(), build.Node(), build.Node());
        build.Call(build.Text(start, "{"u8), parts.Space, first);
        build.Byte(close, (byte)'}', end);
        for (int i = 0; i < properties.Count; i++)
        {
            (int member, int behind, int nextFirst, int nextComma) = (build.Node(), build.Node(), build.Node(), build.Node());
            build.Skip(first, member);
            build.Skip(comma, member);
            if (!properties[i].IsRequired)
            {
                build.Skip(first, nextFirst);
                build.Skip(comma, nextComma);
            }

            Value(parts, build.Text(member, properties[i].Name), properties[i].Value, behind);
            build.Call(build.Text(behind, ","u8), parts.Space, nextComma);
            if (i >= lastRequired)
            {
                build.Skip(behind, close);
            }

            (first, comma) = (nextFirst, nextComma);
        }

        build.Skip(first, close);
        if (others is { } other)
        {
            int member = build.Node();
            build.Skip(first, member);
            build.Skip(comma, member);
            Others(parts, member, properties, other, close);
        }

        return rule;
    }

    /// <param name="parts">What they are made of.</param>
    /// <param name="item">The rule of an item.</param>
    /// <param name="least">Items at least.</param>
    /// <param name="most">Items at most, no fewer than <paramref name="least"/>; null: any number.</param>
    /// <returns>A rule.</returns>
    public static int List(JsonParts parts, int item, int least, int? most)
    {
        AutomatonBuilder build = parts.Build;
        int rule = build.NewRule(nests: true);
        (int start, int end, _) = build.Rule(rule);
        (int open, int at, int close) = (build.Node(), build.Node(), build.Node());
        build.Call(build.Text(start, "["u8), parts.Space, open);
        build.Skip(open, at);
        build.Byte(close, (byte)']', end);
        if (least == 0)
        {
            build.Skip(open, close);
        }

        int last = most ?? Math.Max(least, 1);
        for (int i = 1; i <= last; i++)
        {
            (int said, int behind) = (build.Node(), build.Node());
            build.Call(at, item, said);
            build.Call(said, parts.Space, behind);
            if (i >= least)
            {
                build.Skip(behind, close);
            }

            // Without a bound the last item is said again and again.
            at = i < last ? build.Node() : at;
            if (i < last || most is null)
            {
                build.Call(build.Text(behind, ","u8), parts.Space, at);
            }
        }

        return rule;
    }

    private static void Others(JsonParts parts, int member, IReadOnlyList<Property> properties, int value, int close)
    {
        AutomatonBuilder build = parts.Build;
        int named = build.Node(), behind = build.Node();
        if (properties.Count == 0)
        {
            build.Call(member, parts.String, named);
        }
        else
        {
            OtherNames.Add(build, member, [.. properties.Select(p => p.Name)], named);
        }

        Value(parts, named, value, behind);
        build.Call(build.Text(behind, ","u8), parts.Space, member);
        build.Skip(behind, close);
    }

    // The colon and the value behind a name.
    private static void Value(JsonParts parts, int from, int value, int to)
    {
        AutomatonBuilder build = parts.Build;
        int before = build.Node(), said = build.Node();
        build.Call(build.Text(from, ":"u8), parts.Space, before);
        build.Call(before, value, said);
        build.Call(said, parts.Space, to);
    }
}
