using CocoonP2P.Protocol;
using MessagePack;
using MessagePack.Formatters;

namespace CocoonP2P.Models;

/// <summary>The array of docs/protocol/session.md §9, "text part".</summary>
internal sealed class TextPartFormatter : IMessagePackFormatter<TextPart>
{
    private const int Fields = 5;

    public void Serialize(ref MessagePackWriter writer, TextPart value, MessagePackSerializerOptions options)
    {
        writer.WriteArrayHeader(Fields);
        writer.Write(value.Model);
        writer.Write((byte)value.File);
        writer.Write(value.Offset);
        writer.Write(value.Total);
        writer.Write(value.Bytes);
    }

    public TextPart Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        options.Security.DepthStep(ref reader);
        int fields = WireReading.Fields(ref reader, Fields, "text part");
        TextPart part = new(
            WireReading.Fixed(ref reader, 32, "text part: model"), TextWantedFormatter.ReadFile(ref reader), reader.ReadUInt32(), reader.ReadUInt32(),
            WireReading.Bytes(ref reader, Limits.TextPartBytes, "text part: bytes"));
        Wire.Require(part.Total <= Limits.TextBytes && part.Offset <= part.Total && part.Bytes.Length <= part.Total - part.Offset, "text part: outside its file");
        Wire.Require(part.Bytes.Length > 0 == part.Total > 0, "text part: empty");
        WireReading.SkipAppended(ref reader, fields, Fields);
        reader.Depth--;
        return part;
    }
}
