using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Libp2p;

/// <summary>Base32 in lower case without padding (RFC 4648, multibase prefix <c>b</c>): peer ids printed as CIDs.</summary>
internal static class Base32
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>Refuses other letters, impossible lengths and bits left over that are not zero.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? data)
    {
        data = null;
        if (text.Length > Base58.MaxChars)
        {
            return false;
        }

        byte[] bytes = new byte[text.Length * 5 / 8];
        int buffer = 0;
        int bits = 0;
        int used = 0;
        foreach (char c in text)
        {
            int digit = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0)
            {
                return false;
            }

            buffer = ((buffer << 5) | digit) & 0xfff;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes[used++] = (byte)((buffer >> bits) & 0xff);
            }
        }

        if (bits >= 5 || (buffer & ((1 << bits) - 1)) != 0)
        {
            return false;
        }

        data = bytes;
        return true;
    }
}
