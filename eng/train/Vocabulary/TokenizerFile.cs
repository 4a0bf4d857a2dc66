using System.Text.Json;
using CocoonP2P.Text.Tokenizing;

namespace CocoonP2P.Train.Vocabulary;

/// <summary>Writes tokenizer.json in the form that the common tokenizer libraries read.</summary>
internal static class TokenizerFile
{
    /// <summary>The tokens that steer the model, ids 0 to 3.</summary>
    public static readonly string[] Special = ["<|system|>", "<|user|>", "<|assistant|>", "<|end|>"];

    /// <summary>The id of the end of a turn.</summary>
    public const int End = 3;

    public static void Write(string path, IReadOnlyList<(string Left, string Right)> merges)
    {
        using FileStream file = File.Create(path);
        using Utf8JsonWriter json = new(file, new JsonWriterOptions { Indented = true, IndentSize = 1, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString("version", "1.0");
        json.WriteNull("truncation");
        json.WriteNull("padding");
        WriteAdded(json);
        json.WriteNull("normalizer");
        json.WritePropertyName("pre_tokenizer");
        json.WriteRawValue("""{"type":"Sequence","pretokenizers":[{"type":"Digits","individual_digits":true},{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true}]}""");
        json.WriteNull("post_processor");
        json.WritePropertyName("decoder");
        json.WriteRawValue("""{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true,"use_regex":true}""");
        WriteModel(json, merges);
        json.WriteEndObject();
    }

    private static void WriteAdded(Utf8JsonWriter json)
    {
        json.WriteStartArray("added_tokens");
        for (int id = 0; id < Special.Length; id++)
        {
            json.WriteStartObject();
            json.WriteNumber("id", id);
            json.WriteString("content", Special[id]);
            foreach (string flag in (string[])["single_word", "lstrip", "rstrip", "normalized"])
            {
                json.WriteBoolean(flag, false);
            }

            json.WriteBoolean("special", true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteModel(Utf8JsonWriter json, IReadOnlyList<(string Left, string Right)> merges)
    {
        json.WriteStartObject("model");
        json.WriteString("type", "BPE");
        foreach (string option in (string[])["dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix"])
        {
            json.WriteNull(option);
        }

        foreach (string option in (string[])["fuse_unk", "byte_fallback", "ignore_merges"])
        {
            json.WriteBoolean(option, false);
        }

        json.WriteStartObject("vocab");
        int id = 0;
        IEnumerable<string> bytes = Enumerable.Range(0, 256).Select(value => ByteAlphabet.ToChar((byte)value).ToString());
        foreach (string token in Special.Concat(bytes).Concat(merges.Select(merge => merge.Left + merge.Right)))
        {
            json.WriteNumber(token, id++);
        }

        json.WriteEndObject();
        json.WriteStartArray("merges");
        foreach ((string left, string right) in merges)
        {
            json.WriteStringValue($"{left} {right}");
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
