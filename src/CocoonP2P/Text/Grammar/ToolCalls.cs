using CocoonP2P.Text.Grammar.Automata;
using CocoonP2P.Text.Grammar.Schemas;

namespace CocoonP2P.Text.Grammar;

/// <summary>
/// Calls of tools as Hermes models write them: the open tag, a line with name and arguments, the close tag. Free text, where it is allowed,
/// is all that does not begin with the open tag.
/// </summary>
internal static class ToolCalls
{
    private static readonly byte[] Open = "<tool_call>"u8.ToArray();
    private static readonly byte[] Close = "\n</tool_call>"u8.ToArray();

    /// <param name="parts">What they are made of.</param>
    /// <param name="tools">Names, and rules of the arguments.</param>
    /// <param name="isFree">Whether the answer may be text instead.</param>
    /// <param name="most">Calls in one answer.</param>
    /// <returns>A rule.</returns>
    public static int Add(JsonParts parts, IReadOnlyList<(string Name, int Arguments)> tools, bool isFree, int most)
    {
        AutomatonBuilder build = parts.Build;
        int rule = build.NewRule(nests: false);
        (int start, int end, _) = build.Rule(rule);
        int call = Call(parts, tools);
        int opened = isFree ? TextOrTag(build, start, end) : build.Text(start, Open);
        for (int i = 1; ; i++)
        {
            int closed = build.Node();
            build.Call(opened, call, closed);
            build.Skip(closed, end);
            if (i == most)
            {
                return rule;
            }

            opened = build.Text(build.Text(closed, "\n"u8), Open);
        }
    }

    // Behind the open tag, up to the close tag.
    private static int Call(JsonParts parts, IReadOnlyList<(string Name, int Arguments)> tools)
    {
        AutomatonBuilder build = parts.Build;
        int rule = build.NewRule(nests: false);
        (int start, int end, _) = build.Rule(rule);
        int name = build.Node(), close = build.Node();
        build.Call(build.Text(build.Text(start, "\n{\"name\":"u8), []), parts.Space, name);
        build.Skip(build.Text(build.Text(close, "}"u8), Close), end);
        foreach ((string tool, int arguments) in tools)
        {
            int key = build.Node(), value = build.Node(), said = build.Node();
            build.Call(build.Text(build.Text(name, JsonLiteral.OfString(tool)), ","u8), parts.Space, key);
            build.Call(build.Text(key, "\"arguments\":"u8), parts.Space, value);
            build.Call(value, arguments, said);
            build.Call(said, parts.Space, close);
        }

        return rule;
    }

    // Returns the node behind the open tag; every other text ends where it likes.
    private static int TextOrTag(AutomatonBuilder build, int from, int end)
    {
        int free = build.Node();
        build.Bytes(free, 0, 255, free);
        build.Skip(free, end);
        foreach (byte value in Open)
        {
            build.Skip(from, end);
            build.Bytes(from, 0, (byte)(value - 1), free);
            build.Bytes(from, (byte)(value + 1), 255, free);
            int next = build.Node();
            build.Byte(from, value, next);
            from = next;
        }

        return from;
    }
}
