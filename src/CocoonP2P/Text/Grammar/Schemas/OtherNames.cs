using CocoonP2P.Text.Grammar.Automata;

namespace CocoonP2P.Text.Grammar.Schemas;

/// <summary>
/// Names of an object's further members: strings without escapes that are none of the declared ones, so that no member
/// stands twice with two meanings.
/// </summary>
internal static class OtherNames
{
    /// <param name="build">Where they are built.</param>
    /// <param name="from">Before the quote.</param>
    /// <param name="declared">As JSON, quotes included.</param>
    /// <param name="to">Behind the last quote.</param>
    public static void Add(AutomatonBuilder build, int from, IReadOnlyList<byte[]> declared, int to)
    {
        int free = build.Node(), start = build.Node();
        Characters.Plain(build, free, free);
        build.Byte(free, (byte)'"', to);
        build.Byte(from, (byte)'"', start);

        // A name with an escape is never said here.
        Diverge(build, start, [.. declared.Where(name => !name.Contains((byte)'\\'))], 1, free, to);
    }

    private static void Diverge(AutomatonBuilder build, int node, List<byte[]> names, int at, int free, int to)
    {
        bool isName = false, isBeyond = false;
        bool[] taken = new bool[128];
        foreach (IGrouping<byte, byte[]> group in names.GroupBy(name => name[at]))
        {
            if (group.Key == '"')
            {
                isName = true;
            }
            else if (group.Key >= 0x80)
            {
                // Of the characters beyond ASCII none is free where a name has one: stricter than need be, and simple.
                isBeyond = true;
            }
            else
            {
                taken[group.Key] = true;
                int next = build.Node();
                build.Byte(node, group.Key, next);
                Diverge(build, next, [.. group], at + 1, free, to);
            }
        }

        if (!isName)
        {
            build.Byte(node, (byte)'"', to);
        }

        for (byte value = 0x20; value < 0x80; value++)
        {
            if (!taken[value] && value is not ((byte)'"' or (byte)'\\'))
            {
                build.Byte(node, value, free);
            }
        }

        if (!isBeyond)
        {
            Characters.Beyond(build, node, free);
        }
    }
}
