using System.Text;
using CocoonP2P.Text.Tokenizing;

namespace CocoonP2P.Text.Streaming;

/// <summary>Token ids of one answer to text, up to a stop string. For one reader at a time.</summary>
internal sealed class TextStream(Tokenizer tokenizer, IReadOnlyList<string> stopStrings) : ITextStream
{
    private readonly Utf8Decoder _decoder = new();
    private readonly StopMatcher _stops = new(stopStrings);
    private readonly StringBuilder _text = new();

    public bool Stopped => _stops.Stopped;

    public string Append(ReadOnlySpan<int> tokenIds)
    {
        foreach (int id in tokenIds)
        {
            _decoder.Append(tokenizer.BytesOf(id), _text);
        }

        return _stops.Append(Take());
    }

    public string Finish()
    {
        _decoder.Finish(_text);
        string last = _stops.Append(Take());
        return last + _stops.Finish();
    }

    private string Take()
    {
        string text = _text.ToString();
        _text.Clear();
        return text;
    }
}
