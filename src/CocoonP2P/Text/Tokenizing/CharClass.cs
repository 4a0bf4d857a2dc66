using System.Globalization;
using System.Text;

namespace CocoonP2P.Text.Tokenizing;

/// <summary>The classes that split patterns are made of, over whole code points: a regex over UTF-16 would take the
/// letters beyond U+FFFF for symbols.</summary>
internal enum CharClass
{
    /// <summary>\p{L}</summary>
    Letter,

    /// <summary>\p{N}</summary>
    Number,

    /// <summary>\s</summary>
    Space,

    /// <summary>All the rest.</summary>
    Other,
}

/// <summary>Reads a text by code points.</summary>
internal static class CharClasses
{
    /// <summary>The class of the code point at <paramref name="index"/> and its length in UTF-16 units.</summary>
    public static CharClass At(ReadOnlySpan<char> text, int index, out int length)
    {
        Rune.DecodeFromUtf16(text[index..], out Rune rune, out length);
        return Of(rune);
    }

    /// <summary>The class of a code point.</summary>
    public static CharClass Of(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        <= UnicodeCategory.OtherLetter => CharClass.Letter,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => CharClass.Number,
        UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => CharClass.Space,
        _ => rune.Value is (>= 0x09 and <= 0x0D) or 0x85 ? CharClass.Space : CharClass.Other,
    };

    /// <summary>The end of the run of one class that begins at <paramref name="index"/>.</summary>
    public static int RunEnd(ReadOnlySpan<char> text, int index, CharClass wanted, int limit = int.MaxValue)
    {
        for (int taken = 0; index < text.Length && taken < limit; taken++)
        {
            if (At(text, index, out int length) != wanted)
            {
                break;
            }

            index += length;
        }

        return index;
    }
}
