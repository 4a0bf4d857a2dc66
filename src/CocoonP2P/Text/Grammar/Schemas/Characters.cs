using CocoonP2P.Text.Grammar.Automata;

namespace CocoonP2P.Text.Grammar.Schemas;

/// <summary>
/// One character of a JSON string, as bytes: valid UTF-8 alone, so what is said always decodes. Escapes of surrogates are
/// left out; every character outside the plane can be said by itself.
/// </summary>
internal static class Characters
{
    /// <summary>Any character, escaped or not.</summary>
    public static void Add(AutomatonBuilder build, int from, int to)
    {
        Plain(build, from, to);
        int escape = build.Node();
        build.Byte(from, (byte)'\\', escape);
        foreach (byte letter in "\"\\/bfnrt"u8)
        {
            build.Byte(escape, letter, to);
        }

        Unicode(build, escape, to);
    }

    /// <summary>A character that stands for itself: no quote, backslash or control character.</summary>
    public static void Plain(AutomatonBuilder build, int from, int to)
    {
        build.Bytes(from, 0x20, 0x21, to);
        build.Bytes(from, 0x23, 0x5B, to);
        build.Bytes(from, 0x5D, 0x7F, to);
        Beyond(build, from, to);
    }

    /// <summary>A character beyond ASCII.</summary>
    public static void Beyond(AutomatonBuilder build, int from, int to)
    {
        // The Unicode standard, table 3-7.
        int last = build.Node(), middle = build.Node(), far = build.Node();
        build.Bytes(last, 0x80, 0xBF, to);
        build.Bytes(middle, 0x80, 0xBF, last);
        build.Bytes(far, 0x80, 0xBF, middle);
        build.Bytes(from, 0xC2, 0xDF, last);
        Lead(build, from, 0xE0, 0xA0, 0xBF, last);
        build.Bytes(from, 0xE1, 0xEC, middle);
        Lead(build, from, 0xED, 0x80, 0x9F, last);
        build.Bytes(from, 0xEE, 0xEF, middle);
        Lead(build, from, 0xF0, 0x90, 0xBF, middle);
        build.Bytes(from, 0xF1, 0xF3, far);
        Lead(build, from, 0xF4, 0x80, 0x8F, middle);
    }

    private static void Lead(AutomatonBuilder build, int from, byte lead, byte low, byte high, int to)
    {
        int second = build.Node();
        build.Byte(from, lead, second);
        build.Bytes(second, low, high, to);
    }

    private static void Unicode(AutomatonBuilder build, int escape, int to)
    {
        int u = build.Node(), d = build.Node(), three = build.Node(), two = build.Node(), one = build.Node();
        build.Byte(escape, (byte)'u', u);
        foreach ((char low, char high) in (ReadOnlySpan<(char, char)>)[('0', '9'), ('A', 'C'), ('a', 'c'), ('E', 'F'), ('e', 'f')])
        {
            build.Bytes(u, (byte)low, (byte)high, three);
        }

        build.Byte(u, (byte)'D', d);
        build.Byte(u, (byte)'d', d);
        build.Bytes(d, (byte)'0', (byte)'7', two);
        Hex(build, three, two);
        Hex(build, two, one);
        Hex(build, one, to);
    }

    private static void Hex(AutomatonBuilder build, int from, int to)
    {
        build.Bytes(from, (byte)'0', (byte)'9', to);
        build.Bytes(from, (byte)'A', (byte)'F', to);
        build.Bytes(from, (byte)'a', (byte)'f', to);
    }
}
