using System.Text;
using System.Text.Unicode;
using CocoonP2P.Inference;
using CocoonP2P.Protocol;
using MessagePack;

namespace CocoonP2P.Jobs;

/// <summary>What an answer must match, on the wire: a kind, 0 for nothing, and the schema's bytes.</summary>
internal static class GrammarFormat
{
    public static void Write(ref MessagePackWriter writer, OutputGrammar? grammar)
    {
        writer.Write(Number(grammar));
        writer.Write(Encoding.UTF8.GetBytes(grammar?.Schema ?? ""));
    }

    /// <summary>The kind as a number.</summary>
    public static byte Number(OutputGrammar? grammar) => grammar?.Kind switch
    {
        null => 0,
        GrammarKind.JsonObject => 1,
        GrammarKind.JsonSchema => 2,
        GrammarKind.Tools => 3,
        _ => throw new NotSupportedException("a grammar of no known kind"),
    };

    public static OutputGrammar? Read(ref MessagePackReader reader)
    {
        byte number = reader.ReadByte();
        byte[] schema = WireReading.Bytes(ref reader, Limits.GrammarBytes, "grammar: schema");
        Wire.Require(Utf8.IsValid(schema), "grammar: schema");
        Wire.Require(number <= 3 && (schema.Length > 0) == (number >= 2), "grammar: kind");
        return number == 0 ? null : new OutputGrammar((GrammarKind)(number - 1), Encoding.UTF8.GetString(schema));
    }
}
