using CocoonP2P.Text.Grammar.Automata;

namespace CocoonP2P.Text.Grammar.Schemas;

/// <summary>One of several byte strings, as a tree: however many there are, there is one reading.</summary>
internal static class Literals
{
    public static void Add(AutomatonBuilder build, int from, IEnumerable<byte[]> texts, int to)
    {
        Dictionary<(int Node, byte Value), int> tree = [];
        int root = build.Node();
        build.Skip(from, root);
        HashSet<int> ends = [];
        foreach (byte[] text in texts)
        {
            int node = root;
            foreach (byte value in text)
            {
                if (!tree.TryGetValue((node, value), out int next))
                {
                    next = build.Node();
                    tree.Add((node, value), next);
                    build.Byte(node, value, next);
                }

                node = next;
            }

            if (ends.Add(node))
            {
                build.Skip(node, to);
            }
        }
    }
}
