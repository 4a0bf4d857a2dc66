using CocoonP2P.Text.Grammar.Automata;

namespace CocoonP2P.Text.Grammar.Patterns;

/// <summary>A range of characters of the basic plane as byte edges: its UTF-8, cut so that each byte of a piece is a range of its own.</summary>
internal static class Utf8Ranges
{
    public static void Add(AutomatonBuilder build, int from, int low, int high, int to)
    {
        foreach ((int least, int most, int bytes) in (ReadOnlySpan<(int, int, int)>)[(0, 0x7F, 1), (0x80, 0x7FF, 2), (0x800, 0xFFFF, 3)])
        {
            if (low <= most && high >= least)
            {
                Split(build, from, Math.Max(low, least), Math.Min(high, most), bytes, to);
            }
        }
    }

    // All from low to high have the same number of bytes.
    private static void Split(AutomatonBuilder build, int from, int low, int high, int bytes, int to)
    {
        if (bytes == 1)
        {
            build.Bytes(from, (byte)low, (byte)high, to);
            return;
        }

        Lead(build, from, low, high, 6 * (bytes - 1), bytes == 2 ? 0xC0 : 0xE0, to);
    }

    // The byte that carries the bits from "shift" on; the rest of a character follows it.
    private static void Lead(AutomatonBuilder build, int from, int low, int high, int shift, int mark, int to)
    {
        int first = low >> shift, last = high >> shift, rest = (1 << shift) - 1;
        for (int lead = first; lead <= last; lead++)
        {
            int begin = lead == first ? low & rest : 0, end = lead == last ? high & rest : rest;
            int same = lead;
            while (begin == 0 && end == rest && same + 1 <= last && (same + 1 < last || (high & rest) == rest))
            {
                same++;
            }

            int next = shift == 0 ? to : build.Node();
            build.Bytes(from, (byte)(mark | lead), (byte)(mark | same), next);
            if (shift > 0)
            {
                Lead(build, next, begin, end, shift - 6, 0x80, to);
            }

            lead = same;
        }
    }
}
