using System.Text;

namespace CocoonP2P.Text.Tools;

/// <summary>
/// Splits an answer, as it arrives, into text and calls. Arguments are passed on as they come; text waits only while it may
/// still become a call. What begins like a call and is none stays text: nothing that a model wrote is lost. Pure.
/// </summary>
internal sealed class ToolCallParser
{
    /// <summary>Before the arguments stand a name of 64 characters, quotes, and as much white space again.</summary>
    private const int MostHead = 512;

    /// <summary>A call in another order of members has to be whole before it can be read.</summary>
    private const int MostWhole = 256 * 1024;

    private readonly StringBuilder _held = new();
    private readonly ArgumentScanner _arguments = new();
    private State _state = State.Text;
    private int _calls;

    private enum State
    {
        /// <summary>Plain text; what is held may be white space before a call, or the beginning of its mark.</summary>
        Text,

        /// <summary>Behind the mark, before the arguments.</summary>
        Head,

        /// <summary>In the arguments.</summary>
        Arguments,

        /// <summary>Behind the arguments, before the closing mark.</summary>
        Tail,

        /// <summary>A call with its members in another order: read once it is whole.</summary>
        Whole,
    }

    /// <summary>Takes the next characters.</summary>
    public IReadOnlyList<ToolPiece> Append(string text)
    {
        List<ToolPiece> pieces = [];
        _held.Append(text);
        while (Step(pieces))
        {
        }

        return pieces;
    }

    /// <summary>Ends the answer: what was held is text after all, unless it is the end of a call.</summary>
    public IReadOnlyList<ToolPiece> Finish()
    {
        List<ToolPiece> pieces = [];
        string rest = Take(_held.Length);
        switch (_state)
        {
            case State.Text when rest.Length > 0 && !(_calls > 0 && string.IsNullOrWhiteSpace(rest)):
                pieces.Add(ToolPiece.Plain(rest));
                break;
            case State.Head or State.Whole:
                AddWhole(pieces, rest);
                break;
        }

        _state = State.Text;
        return pieces;
    }

    /// <returns>Whether something was decided, so that there may be more to decide.</returns>
    private bool Step(List<ToolPiece> pieces) => _state switch
    {
        State.Text => StepText(pieces),
        State.Head => StepHead(pieces),
        State.Arguments => StepArguments(pieces),
        State.Tail => StepTail(),
        _ => StepWhole(pieces),
    };

    private bool StepText(List<ToolPiece> pieces)
    {
        string held = _held.ToString();
        int mark = held.IndexOf(ToolMarks.Open, StringComparison.Ordinal);
        int end = mark >= 0 ? mark : held.Length - HeldBack.Length(held, ToolMarks.Open);

        // White space before a call belongs to nobody, and whether a call follows is not known yet.
        string text = held[..end].TrimEnd();
        if (text.Length > 0)
        {
            pieces.Add(ToolPiece.Plain(text));
        }

        _held.Remove(0, mark >= 0 ? mark + ToolMarks.Open.Length : text.Length);
        _state = mark >= 0 ? State.Head : State.Text;
        return mark >= 0;
    }

    private bool StepHead(List<ToolPiece> pieces)
    {
        switch (CallHead.Read(_held.ToString(), out string name, out int length))
        {
            case CallHead.Outcome.Found:
                _held.Remove(0, length);
                _arguments.Begin();
                _state = State.Arguments;
                pieces.Add(new ToolPiece(_calls++, name, ""));
                return true;
            case CallHead.Outcome.Open when _held.Length <= MostHead:
                return false;
            default:
                _state = State.Whole;
                return true;
        }
    }

    private bool StepArguments(List<ToolPiece> pieces)
    {
        int length = _arguments.Scan(_held);
        if (length > 0)
        {
            pieces.Add(new ToolPiece(_calls - 1, "", Take(length)));
        }

        _state = _arguments.IsOver ? State.Tail : _state;
        return _arguments.IsOver;
    }

    private bool StepTail()
    {
        string held = _held.ToString();
        int mark = held.IndexOf(ToolMarks.Close, StringComparison.Ordinal);
        if (mark < 0)
        {
            _held.Remove(0, held.Length - HeldBack.Length(held, ToolMarks.Close));
            return false;
        }

        _held.Remove(0, mark + ToolMarks.Close.Length);
        _state = State.Text;
        return true;
    }

    private bool StepWhole(List<ToolPiece> pieces)
    {
        int mark = _held.ToString().IndexOf(ToolMarks.Close, StringComparison.Ordinal);
        if (mark < 0 && _held.Length <= MostWhole)
        {
            return false;
        }

        if (mark < 0)
        {
            pieces.Add(ToolPiece.Plain(ToolMarks.Open + Take(_held.Length)));
        }
        else
        {
            string body = Take(mark);
            _held.Remove(0, ToolMarks.Close.Length);
            AddWhole(pieces, body, closed: true);
        }

        _state = State.Text;
        return true;
    }

    /// <summary>A call that is there as a whole; else the text that it is.</summary>
    private void AddWhole(List<ToolPiece> pieces, string body, bool closed = false)
    {
        if (WholeCall.TryRead(body, out string name, out string arguments))
        {
            pieces.Add(new ToolPiece(_calls, name, ""));
            pieces.Add(new ToolPiece(_calls++, "", arguments));
        }
        else
        {
            pieces.Add(ToolPiece.Plain(ToolMarks.Open + body + (closed ? ToolMarks.Close : "")));
        }
    }

    private string Take(int length)
    {
        string text = _held.ToString(0, length);
        _held.Remove(0, length);
        return text;
    }
}
