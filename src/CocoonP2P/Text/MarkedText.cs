namespace CocoonP2P.Text;

/// <summary>
/// A text that remembers, for each character, whether the chat template wrote it or a person did. Special tokens are
/// matched in template text alone, so no message can forge the end of its turn.
/// </summary>
internal sealed class MarkedText
{
    /// <summary>Nothing.</summary>
    public static readonly MarkedText Empty = new("", null, true);

    private readonly bool[]? _marks;
    private readonly bool _uniform;

    private MarkedText(string text, bool[]? marks, bool uniform)
    {
        Text = text;
        _marks = marks;
        _uniform = uniform;
    }

    /// <summary>The characters.</summary>
    public string Text { get; }

    /// <summary>A text that the template wrote.</summary>
    public static MarkedText FromTemplate(string text) => text.Length == 0 ? Empty : new(text, null, true);

    /// <summary>A text that came from outside: a message, a name, an argument.</summary>
    public static MarkedText FromData(string text) => new(text, null, false);

    /// <summary>Whether the template wrote all of a range.</summary>
    public bool IsTemplate(int start, int length) =>
        _marks is null ? _uniform : !_marks.AsSpan(start, length).Contains(false);

    /// <summary>A range with its marks.</summary>
    public MarkedText Slice(int start, int length) =>
        length == Text.Length
            ? this
            : new MarkedText(Text.Substring(start, length), _marks?.AsSpan(start, length).ToArray(), _uniform);

    /// <summary>All parts, one after another.</summary>
    public static MarkedText Concat(IReadOnlyCollection<MarkedText> parts)
    {
        string text = string.Concat(parts.Select(part => part.Text));
        bool anyMixed = parts.Any(part => part._marks is not null);
        bool anyTemplate = parts.Any(part => part.Text.Length > 0 && part._marks is null && part._uniform);
        bool anyData = parts.Any(part => part.Text.Length > 0 && part._marks is null && !part._uniform);
        if (!anyMixed && !(anyTemplate && anyData))
        {
            return new MarkedText(text, null, !anyData);
        }

        bool[] marks = new bool[text.Length];
        int position = 0;
        foreach (MarkedText part in parts)
        {
            part.CopyMarks(marks.AsSpan(position, part.Text.Length));
            position += part.Text.Length;
        }

        return new MarkedText(text, marks, false);
    }

    /// <summary>The same marks under other characters: for changes that keep every position, such as upper case.</summary>
    public MarkedText WithSameMarks(Func<string, string> change)
    {
        string changed = change(Text);
        return changed.Length == Text.Length ? new MarkedText(changed, _marks, _uniform) : FromData(changed);
    }

    public override string ToString() => $"secret, {Text.Length} characters";

    private void CopyMarks(Span<bool> target)
    {
        if (_marks is null)
        {
            target.Fill(_uniform);
        }
        else
        {
            _marks.CopyTo(target);
        }
    }
}
