using System.Buffers;

namespace CocoonP2P.Text.Tokenizing;

/// <summary>A token that is matched as a whole before the text is cut into pieces.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Content">Its text.</param>
/// <param name="Special">Whether it steers the model: then it matches in template text alone and is not shown.</param>
/// <param name="StripLeft">Whether it takes the white space before it along.</param>
/// <param name="StripRight">Whether it takes the white space after it along.</param>
internal sealed record AddedToken(int Id, string Content, bool Special, bool StripLeft, bool StripRight);

/// <summary>Finds added tokens: the leftmost, of those the longest.</summary>
internal sealed class AddedTokens
{
    private readonly Dictionary<char, AddedToken[]> _byFirst;
    private readonly SearchValues<char> _firsts;

    public AddedTokens(IEnumerable<AddedToken> tokens)
    {
        _byFirst = tokens
            .GroupBy(token => token.Content[0])
            .ToDictionary(group => group.Key, group => group.OrderByDescending(token => token.Content.Length).ToArray());
        _firsts = SearchValues.Create([.. _byFirst.Keys]);
    }

    /// <summary>The next match at or after <paramref name="start"/>, with the white space that it takes along.</summary>
    public bool TryFind(MarkedText text, int start, out AddedToken token, out Range range)
    {
        ReadOnlySpan<char> chars = text.Text;
        for (int at = start; at < chars.Length; at++)
        {
            int skip = chars[at..].IndexOfAny(_firsts);
            if (skip < 0)
            {
                break;
            }

            at += skip;
            foreach (AddedToken candidate in _byFirst[chars[at]])
            {
                int length = candidate.Content.Length;
                if (chars[at..].StartsWith(candidate.Content, StringComparison.Ordinal)
                    && (!candidate.Special || text.IsTemplate(at, length)))
                {
                    token = candidate;
                    range = Widen(chars, candidate, start, at, at + length);
                    return true;
                }
            }
        }

        token = null!;
        range = default;
        return false;
    }

    private static Range Widen(ReadOnlySpan<char> chars, AddedToken token, int floor, int start, int end)
    {
        while (token.StripLeft && start > floor && char.IsWhiteSpace(chars[start - 1]))
        {
            start--;
        }

        while (token.StripRight && end < chars.Length && char.IsWhiteSpace(chars[end]))
        {
            end++;
        }

        return start..end;
    }
}
