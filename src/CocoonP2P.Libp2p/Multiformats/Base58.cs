using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Libp2p;

/// <summary>Base58 with the Bitcoin alphabet, for peer ids and nothing longer.</summary>
internal static class Base58
{
    /// <summary>A peer id has at most 42 bytes, which is 58 digits; the work is quadratic, so the length is bounded.</summary>
    public const int MaxChars = 128;

    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    public static string Encode(ReadOnlySpan<byte> data)
    {
        // Digits of the growing number, least significant first; log 256 / log 58 is below 1.38.
        Span<byte> digits = stackalloc byte[(data.Length * 138 / 100) + 1];
        int used = 0;
        int zeros = 0;
        foreach (byte b in data)
        {
            if (used == 0 && b == 0)
            {
                zeros++;
                continue;
            }

            int carry = b;
            for (int i = 0; i < used || carry > 0; i++)
            {
                carry += i < used ? digits[i] << 8 : 0;
                digits[i] = (byte)(carry % 58);
                carry /= 58;
                used = Math.Max(used, i + 1);
            }
        }

        Span<char> text = stackalloc char[zeros + used];
        text[..zeros].Fill('1');
        for (int i = 0; i < used; i++)
        {
            text[zeros + i] = Alphabet[digits[used - 1 - i]];
        }

        return new string(text);
    }

    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? data)
    {
        data = null;
        if (text.Length > MaxChars)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[text.Length];
        int used = 0;
        int zeros = 0;
        foreach (char c in text)
        {
            int carry = Alphabet.IndexOf(c, StringComparison.Ordinal);
            if (carry < 0)
            {
                return false;
            }

            if (used == 0 && carry == 0)
            {
                zeros++;
                continue;
            }

            for (int i = 0; i < used || carry > 0; i++)
            {
                carry += i < used ? bytes[i] * 58 : 0;
                bytes[i] = (byte)(carry & 0xff);
                carry >>= 8;
                used = Math.Max(used, i + 1);
            }
        }

        data = new byte[zeros + used];
        for (int i = 0; i < used; i++)
        {
            data[zeros + i] = bytes[used - 1 - i];
        }

        return true;
    }
}
