using CocoonP2P.Text.Grammar.Automata;

namespace CocoonP2P.Text.Grammar.Schemas;

/// <summary>The parts of JSON that every grammar shares, each built when it is first asked for. RFC 8259.</summary>
internal sealed class JsonParts(AutomatonBuilder build)
{
    /// <summary>Spaces behind a line break: eight levels of four. Without a bound a model may indent for ever.</summary>
    private const int MostIndent = 32;

    private int? _space, _character, _string, _number, _value;
    private int _object, _list;

    public AutomatonBuilder Build => build;

    /// <summary>Nothing, a space, or a line break with an indent.</summary>
    public int Space => _space ??= Made(MakeSpace);

    /// <summary>One character of a string, escaped or not.</summary>
    public int Character => _character ??= Made((start, end) => Characters.Add(build, start, end));

    /// <summary>Any string.</summary>
    public int String => _string ??= Made(MakeString);

    /// <summary>Any number.</summary>
    public int Number => _number ??= Made((start, end) => Numbers.Any(build, start, end));

    /// <summary>Any value.</summary>
    public int Value => _value ?? MakeValue();

    /// <summary>Any object.</summary>
    public int Object => Value >= 0 ? _object : throw new InvariantViolatedException("a value may be an object");

    /// <summary>Any list.</summary>
    public int List => Value >= 0 ? _list : throw new InvariantViolatedException("a value may be a list");

    /// <summary>true, false or null.</summary>
    public void Word(int from, string word, int to) => build.Skip(build.Text(from, System.Text.Encoding.ASCII.GetBytes(word)), to);

    private int Made(Action<int, int> make)
    {
        int rule = build.NewRule(nests: false);
        make(build.Rule(rule).Start, build.Rule(rule).End);
        return rule;
    }

    private void MakeSpace(int start, int end)
    {
        build.Skip(start, end);
        build.Byte(start, (byte)' ', end);
        int node = build.Node();
        build.Byte(start, (byte)'\n', node);
        for (int i = 0; i < MostIndent; i++)
        {
            build.Skip(node, end);
            int next = build.Node();
            build.Byte(node, (byte)' ', next);
            node = next;
        }

        build.Skip(node, end);
    }

    private void MakeString(int start, int end)
    {
        int inside = build.Node();
        build.Byte(start, (byte)'"', inside);
        Characters.Add(build, inside, inside);
        build.Byte(inside, (byte)'"', end);
    }

    private int MakeValue()
    {
        // Known before its middle is built, since objects and lists hold values again.
        int rule = build.NewRule(nests: false);
        _value = rule;
        (int start, int end, _) = build.Rule(rule);
        _object = Containers.Object(this, [], rule);
        _list = Containers.List(this, rule, 0, null);
        foreach (int part in (int[])[String, Number, _object, _list])
        {
            build.Call(start, part, end);
        }

        Array.ForEach(["true", "false", "null"], word => Word(start, word, end));
        return rule;
    }
}
