using System.Text;
using System.Text.Json;
using CocoonP2P.Jobs;

namespace CocoonP2P.Node.Http.Responses;

/// <summary>logprobs of text completions: four lists of equal length.</summary>
internal static class TextLogprobsJson
{
    /// <summary>Writes the member: an object where tokens are there, else null.</summary>
    /// <param name="w">Where to.</param>
    /// <param name="tokens">In order.</param>
    /// <param name="offset">Characters of the answer before the first.</param>
    public static void Write(Utf8JsonWriter w, IReadOnlyList<DecodedLogprobs> tokens, int offset)
    {
        if (tokens.Count == 0)
        {
            w.WriteNull("logprobs");
            return;
        }

        string[] texts = [.. tokens.Select(token => Encoding.UTF8.GetString(token.Bytes))];
        w.WriteStartObject("logprobs");
        List(w, "tokens", tokens.Count, i => w.WriteStringValue(texts[i]));
        List(w, "token_logprobs", tokens.Count, i => w.WriteNumberValue(LogprobsJson.Finite(tokens[i].Logprob)));
        List(w, "top_logprobs", tokens.Count, i => Top(w, tokens[i].Top));
        int at = offset;
        List(w, "text_offset", tokens.Count, i =>
        {
            w.WriteNumberValue(at);
            at += texts[i].Length;
        });
        w.WriteEndObject();
    }

    private static void List(Utf8JsonWriter w, string name, int count, Action<int> item)
    {
        w.WriteStartArray(name);
        for (int i = 0; i < count; i++)
        {
            item(i);
        }

        w.WriteEndArray();
    }

    /// <summary>By text: of two tokens with one text the likelier counts.</summary>
    private static void Top(Utf8JsonWriter w, IReadOnlyList<(byte[] Bytes, float Logprob)> top)
    {
        w.WriteStartObject();
        foreach ((string text, float logprob) in top.Select(t => (Encoding.UTF8.GetString(t.Bytes), t.Logprob)).DistinctBy(t => t.Item1))
        {
            w.WriteNumber(text, LogprobsJson.Finite(logprob));
        }

        w.WriteEndObject();
    }
}
