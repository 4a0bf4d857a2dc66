using System.Text;
using System.Text.Json;
using CocoonP2P.Jobs;

namespace CocoonP2P.Node.Http.Responses;

/// <summary>Turns the parts of an answer into chunks of a stream.</summary>
internal abstract class ChunkWriter
{
    private readonly AnswerHead _head;
    private readonly EventStream _stream;
    private readonly bool _usage;
    private readonly (byte[] Before, byte[] After)[] _frames;

    /// <param name="head">Of every chunk.</param>
    /// <param name="stream">Where they go.</param>
    /// <param name="choices">How many answers there are.</param>
    /// <param name="usage">Whether a last chunk has the usage, and every other a null in its place.</param>
    protected ChunkWriter(AnswerHead head, EventStream stream, int choices, bool usage)
    {
        (_head, _stream, _usage) = (head, stream, usage);
        _frames = [.. Enumerable.Range(0, choices).Select(Frame)];
    }

    /// <summary>Writes what a part means for the client, which may be nothing.</summary>
    /// <param name="part">That has just come.</param>
    /// <param name="answer">With the part.</param>
    public void Write(AnswerPart part, Answer answer)
    {
        switch (part)
        {
            case AnswerPart.Text { Logprobs.Count: 0 } piece:
                _stream.WriteText(_frames[part.Choice].Before, piece.Delta, _frames[part.Choice].After);
                break;
            case AnswerPart.Finished:
                Chunk(part, answer.Choices[part.Choice], !_usage && answer.IsFinished ? answer : null);
                if (_usage && answer.IsFinished)
                {
                    WriteUsage(answer);
                }

                break;
            default:
                if (Says(part))
                {
                    Chunk(part, answer.Choices[part.Choice], null);
                }

                break;
        }
    }

    /// <summary>Whether a part other than plain text or the end is told at all.</summary>
    protected abstract bool Says(AnswerPart part);

    /// <summary>The members of a choice between its index and its finish_reason.</summary>
    /// <param name="w">Where to.</param>
    /// <param name="part">Accepted, Text, ToolCall or Finished.</param>
    /// <param name="choice">With the part.</param>
    protected abstract void WriteChoice(Utf8JsonWriter w, AnswerPart part, Choice choice);

    private void Chunk(AnswerPart part, Choice choice, Answer? last) => _stream.Write(w =>
    {
        _head.Write(w);
        w.WriteStartArray("choices");
        w.WriteStartObject();
        w.WriteNumber("index", choice.Index);
        WriteChoice(w, part, choice);
        w.WriteString("finish_reason", choice.Finish);
        w.WriteEndObject();
        w.WriteEndArray();
        if (_usage)
        {
            w.WriteNull("usage");
        }

        last?.Provenance.Write(w, last.Cost);
    });

    /// <summary>The last chunk of a stream that asked for its usage: no choices.</summary>
    private void WriteUsage(Answer answer) => _stream.Write(w =>
    {
        _head.Write(w);
        w.WriteStartArray("choices");
        w.WriteEndArray();
        UsageJson.Write(w, answer.Usage, answer.Cost);
        answer.Provenance.Write(w, answer.Cost);
    });

    /// <summary>A chunk of plain text cut at its text, from the same code that writes every other chunk.</summary>
    private (byte[] Before, byte[] After) Frame(int index)
    {
        const string Mark = "\u0001";
        byte[] json = OpenAiJson.Write(w =>
        {
            _head.Write(w);
            w.WriteStartArray("choices");
            w.WriteStartObject();
            w.WriteNumber("index", index);
            WriteChoice(w, new AnswerPart.Text(Mark), new Choice(index));
            w.WriteNull("finish_reason");
            w.WriteEndObject();
            w.WriteEndArray();
            if (_usage)
            {
                w.WriteNull("usage");
            }
        });
        byte[] mark = Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(Mark)}\"");
        int at = json.AsSpan().LastIndexOf(mark);
        return ([.. "data: "u8, .. json.AsSpan(0, at)], [.. json.AsSpan(at + mark.Length), .. "\n\n"u8]);
    }
}
