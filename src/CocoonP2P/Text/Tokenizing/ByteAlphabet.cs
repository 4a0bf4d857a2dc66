namespace CocoonP2P.Text.Tokenizing;

/// <summary>
/// The alphabet in which byte-level vocabularies are written: a printable character for each of the 256 bytes, so that a
/// token that is not text can stand in a JSON file.
/// </summary>
internal static class ByteAlphabet
{
    private static readonly char[] Chars = Build();
    private static readonly short[] Bytes = Invert(Chars);

    /// <summary>The character that stands for a byte.</summary>
    public static char ToChar(byte value) => Chars[value];

    /// <summary>The bytes that a word of the alphabet stands for; false where a character is not of the alphabet.</summary>
    public static bool TryToBytes(ReadOnlySpan<char> word, out byte[] bytes)
    {
        bytes = new byte[word.Length];
        for (int i = 0; i < word.Length; i++)
        {
            if (word[i] >= Bytes.Length || Bytes[word[i]] < 0)
            {
                return false;
            }

            bytes[i] = (byte)Bytes[word[i]];
        }

        return true;
    }

    private static char[] Build()
    {
        char[] chars = new char[256];
        int next = 256;
        for (int value = 0; value < 256; value++)
        {
            bool printable = value is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or >= 0xAE;
            chars[value] = (char)(printable ? value : next++);
        }

        return chars;
    }

    private static short[] Invert(char[] chars)
    {
        short[] bytes = new short[chars.Max() + 1];
        Array.Fill(bytes, (short)-1);
        for (short value = 0; value < 256; value++)
        {
            bytes[chars[value]] = value;
        }

        return bytes;
    }
}
