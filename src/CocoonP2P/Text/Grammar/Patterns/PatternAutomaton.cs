using CocoonP2P.Text.Grammar.Automata;

namespace CocoonP2P.Text.Grammar.Patterns;

/// <summary>A pattern as nodes and edges, its characters as a JSON string has them: quote, backslash and controls escaped.</summary>
internal sealed class PatternAutomaton(AutomatonBuilder build)
{
    // One rule for each set of characters, however often it is said.
    private readonly Dictionary<CharacterSet, int> _sets = new(ReferenceEqualityComparer.Instance);

    public void Add(PatternNode node, int from, int to)
    {
        switch (node)
        {
            case PatternNode.One one:
                build.Call(from, RuleOf(one.Set), to);
                break;
            case PatternNode.All all:
                foreach (PatternNode part in all.Parts)
                {
                    int next = build.Node();
                    Add(part, from, next);
                    from = next;
                }

                build.Skip(from, to);
                break;
            case PatternNode.Any any:
                foreach (PatternNode branch in any.Branches)
                {
                    Add(branch, from, to);
                }

                break;
            case PatternNode.Many many:
                Repeat(many, from, to);
                break;
        }
    }

    private void Repeat(PatternNode.Many many, int from, int to)
    {
        for (int i = 0; i < (many.Most ?? many.Least); i++)
        {
            if (i >= many.Least)
            {
                build.Skip(from, to);
            }

            int next = build.Node();
            Add(many.Part, from, next);
            from = next;
        }

        if (many.Most is null)
        {
            // A node of its own, so that nothing before it is repeated with it.
            int loop = build.Node(), again = build.Node();
            build.Skip(from, loop);
            Add(many.Part, loop, again);
            build.Skip(again, loop);
            from = loop;
        }

        build.Skip(from, to);
    }

    private int RuleOf(CharacterSet set)
    {
        if (!_sets.TryGetValue(set, out int rule))
        {
            rule = build.NewRule(nests: false);
            _sets.Add(set, rule);
            foreach ((char low, char high) in set.Ranges())
            {
                Characters(build.Rule(rule).Start, low, high, build.Rule(rule).End);
            }
        }

        return rule;
    }

    private void Characters(int from, char low, char high, int to)
    {
        for (char c = low; c < ' ' && c <= high; c++)
        {
            string escape = c switch
            {
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ => "\\u" + ((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture),
            };
            build.Skip(build.Text(from, System.Text.Encoding.ASCII.GetBytes(escape)), to);
        }

        // What must be escaped cuts the range in up to three.
        int at = Math.Max(low, ' ');
        foreach (char escaped in (ReadOnlySpan<char>)['"', '\\'])
        {
            if (escaped >= at && escaped <= high)
            {
                build.Skip(build.Text(from, [(byte)'\\', (byte)escaped]), to);
                Plain(from, at, escaped - 1, to);
                at = escaped + 1;
            }
        }

        Plain(from, at, high, to);
    }

    private void Plain(int from, int low, int high, int to)
    {
        if (low <= high)
        {
            Utf8Ranges.Add(build, from, low, high, to);
        }
    }
}
