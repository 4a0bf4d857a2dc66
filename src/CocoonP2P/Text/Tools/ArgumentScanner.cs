using System.Text;

namespace CocoonP2P.Text.Tools;

/// <summary>Finds the end of a JSON object as it arrives.</summary>
internal sealed class ArgumentScanner
{
    private int _depth;
    private bool _text;
    private bool _escape;

    /// <summary>Whether the last brace has come.</summary>
    public bool IsOver { get; private set; }

    public void Begin() => (_depth, _text, _escape, IsOver) = (0, false, false, false);

    /// <summary>How many of the next characters belong to the object.</summary>
    public int Scan(StringBuilder next)
    {
        int length = 0;
        foreach (ReadOnlyMemory<char> chunk in next.GetChunks())
        {
            foreach (char c in chunk.Span)
            {
                length++;
                if (Ends(c))
                {
                    IsOver = true;
                    return length;
                }
            }
        }

        return length;
    }

    private bool Ends(char c)
    {
        if (_text)
        {
            (_text, _escape) = (c != '"' || _escape, c == '\\' && !_escape);
            return false;
        }

        _text = c == '"';
        _depth += c is '{' or '[' ? 1 : c is '}' or ']' ? -1 : 0;
        return _depth <= 0;
    }
}
