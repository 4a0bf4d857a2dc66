using CocoonP2P.Protocol;
using MessagePack;
using MessagePack.Formatters;

namespace CocoonP2P.Models;

/// <summary>The array of docs/protocol/session.md §9, "text wanted".</summary>
internal sealed class TextWantedFormatter : IMessagePackFormatter<TextWanted>
{
    private const int Fields = 3;

    public void Serialize(ref MessagePackWriter writer, TextWanted value, MessagePackSerializerOptions options)
    {
        writer.WriteArrayHeader(Fields);
        writer.Write(value.Model);
        writer.Write((byte)value.File);
        writer.Write(value.Offset);
    }

    public TextWanted Deserialize(ref MessagePackReader reader, MessagePackSerializerOptions options)
    {
        options.Security.DepthStep(ref reader);
        int fields = WireReading.Fields(ref reader, Fields, "text wanted");
        TextWanted wanted = new(WireReading.Fixed(ref reader, 32, "text wanted: model"), ReadFile(ref reader), reader.ReadUInt32());
        Wire.Require(wanted.Offset < Limits.TextBytes, "text wanted: offset");
        WireReading.SkipAppended(ref reader, fields, Fields);
        reader.Depth--;
        return wanted;
    }

    public static TextFile ReadFile(ref MessagePackReader reader)
    {
        byte file = reader.ReadByte();
        Wire.Require(file <= (byte)TextFile.Template, "text: file");
        return (TextFile)file;
    }
}
