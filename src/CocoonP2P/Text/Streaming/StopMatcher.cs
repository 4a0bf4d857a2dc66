using CocoonP2P.Inference;

namespace CocoonP2P.Text.Streaming;

/// <summary>
/// Looks for stop strings in a text that arrives in pieces: returns what lies before the first, holding back the longest
/// end that may still become one.
/// </summary>
internal sealed class StopMatcher
{
    /// <summary>Most stop strings of a job.</summary>
    public const int MaxStrings = 16;

    /// <summary>Most bytes of UTF-8 of one.</summary>
    public const int MaxBytes = 128;

    private readonly string[] _stops;
    private string _held = "";

    /// <param name="stops">0 to 16 strings of 1 to 128 bytes.</param>
    /// <exception cref="InferenceException">BadParameter.</exception>
    public StopMatcher(IReadOnlyList<string> stops)
    {
        if (stops.Count > MaxStrings
            || stops.Any(stop => stop.Length == 0 || System.Text.Encoding.UTF8.GetByteCount(stop) > MaxBytes))
        {
            throw new InferenceException(
                InferenceErrorCode.BadParameter, $"stop: at most {MaxStrings} strings of 1 to {MaxBytes} bytes");
        }

        _stops = [.. stops];
    }

    /// <summary>Whether a stop string was met.</summary>
    public bool Stopped { get; private set; }

    /// <summary>Takes the next piece, returns what is certain to lie before any stop string.</summary>
    public string Append(string piece)
    {
        if (Stopped)
        {
            return "";
        }

        string text = _held + piece;
        int match = FirstMatch(text);
        if (match >= 0)
        {
            Stopped = true;
            _held = "";
            return text[..match];
        }

        int safe = text.Length - LongestStart(text);
        _held = text[safe..];
        return text[..safe];
    }

    /// <summary>Ends: nothing can complete what is held, so it is text.</summary>
    public string Finish()
    {
        string rest = _held;
        _held = "";
        return rest;
    }

    private int FirstMatch(string text)
    {
        int first = -1;
        foreach (string stop in _stops)
        {
            int at = text.IndexOf(stop, StringComparison.Ordinal);
            first = at >= 0 && (first < 0 || at < first) ? at : first;
        }

        return first;
    }

    /// <summary>The length of the longest end of a text with which a stop string begins.</summary>
    private int LongestStart(string text)
    {
        int longest = 0;
        foreach (string stop in _stops)
        {
            for (int length = Math.Min(stop.Length - 1, text.Length); length > longest; length--)
            {
                if (text.AsSpan(text.Length - length).SequenceEqual(stop.AsSpan(0, length)))
                {
                    longest = length;
                }
            }
        }

        return longest;
    }
}
