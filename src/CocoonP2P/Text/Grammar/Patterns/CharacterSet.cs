namespace CocoonP2P.Text.Grammar.Patterns;

/// <summary>
/// Characters that one place of a pattern may have: within the basic plane and no surrogates, so that all dialects count and
/// compare them alike. A bit for each.
/// </summary>
internal sealed class CharacterSet
{
    private readonly ulong[] _bits = new ulong[0x10000 / 64];

    public static CharacterSet Digits => Of(('0', '9'));

    public static CharacterSet Word => Of(('0', '9'), ('A', 'Z'), ('a', 'z'), ('_', '_'));

    public static CharacterSet Space => Of((' ', ' '), ('\t', '\r'));

    /// <summary>What "." stands for: all but the ends of lines.</summary>
    public static CharacterSet Dot => Of(('\n', '\n'), ('\r', '\r'), ('\u0085', '\u0085'), ('\u2028', '\u2029')).Others();

    public static CharacterSet Of(params ReadOnlySpan<(char Low, char High)> ranges)
    {
        CharacterSet set = new();
        foreach ((char low, char high) in ranges)
        {
            set.Add(low, high);
        }

        return set;
    }

    public void Add(char low, char high)
    {
        for (int c = low; c <= high; c++)
        {
            _bits[c / 64] |= 1UL << (c % 64);
        }
    }

    public void Add(CharacterSet other)
    {
        for (int i = 0; i < _bits.Length; i++)
        {
            _bits[i] |= other._bits[i];
        }
    }

    /// <summary>Every other character.</summary>
    public CharacterSet Others()
    {
        CharacterSet others = new();
        for (int i = 0; i < _bits.Length; i++)
        {
            others._bits[i] = ~_bits[i];
        }

        return others;
    }

    /// <summary>Every other character of ASCII: dialects differ in which letters beyond it are letters.</summary>
    public CharacterSet OthersOfAscii()
    {
        CharacterSet others = new();
        (others._bits[0], others._bits[1]) = (~_bits[0], ~_bits[1]);
        return others;
    }

    /// <summary>The set as ranges, in order, without surrogates.</summary>
    public IEnumerable<(char Low, char High)> Ranges()
    {
        for (int c = 0; c < 0x10000; c++)
        {
            int low = c;
            while (c < 0x10000 && Has(c))
            {
                c++;
            }

            if (c > low)
            {
                yield return ((char)low, (char)(c - 1));
            }
        }
    }

    private bool Has(int c) => !char.IsSurrogate((char)c) && (_bits[c / 64] >> (c % 64) & 1) != 0;
}
