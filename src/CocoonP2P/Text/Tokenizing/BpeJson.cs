using System.Text;
using System.Text.Json;

namespace CocoonP2P.Text.Tokenizing;

/// <summary>The model and the added tokens of a tokenizer.json.</summary>
internal static class BpeJson
{
    public static Tokenizer Read(JsonElement root, ISplitter[] splitters)
    {
        JsonElement model = root.GetProperty("model");
        RefuseOptions(model);
        Dictionary<string, int> vocabulary = ReadVocabulary(model.GetProperty("vocab"));
        IReadOnlyList<AddedToken> added = AddedTokensJson.Read(root);
        int size = 1 + Math.Max(vocabulary.Values.DefaultIfEmpty(-1).Max(), added.Select(token => token.Id).DefaultIfEmpty(-1).Max());

        byte[]?[] bytes = new byte[size][];
        int[] byteIds = new int[256];
        Array.Fill(byteIds, -1);
        foreach ((string word, int id) in vocabulary)
        {
            // Words outside the alphabet are the added tokens' own entries; what they decode to follows below.
            if (ByteAlphabet.TryToBytes(word, out byte[] decoded))
            {
                bytes[id] = decoded;
                if (decoded.Length == 1)
                {
                    byteIds[decoded[0]] = id;
                }
            }
        }

        foreach (AddedToken token in added)
        {
            bytes[token.Id] = token.Special ? [] : Encoding.UTF8.GetBytes(token.Content);
        }

        BpeModel bpe = new(byteIds, ReadMerges(model.GetProperty("merges"), vocabulary));
        Dictionary<string, int>? whole = TokenizerJson.Flag(model, "ignore_merges") ? vocabulary : null;
        return new Tokenizer(new TokenizerParts(bpe, splitters, added, whole, bytes, byteIds.Contains(-1)));
    }

    private static void RefuseOptions(JsonElement model)
    {
        string kind = model.TryGetProperty("type", out JsonElement type) ? type.GetString() ?? "" : "";
        if (kind != "BPE")
        {
            throw TokenizerJson.Unsupported("model" + TokenizerJson.Kind(model));
        }

        foreach (string option in (string[])["dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix"])
        {
            bool empty = TokenizerJson.IsNothing(model, option)
                || (model.GetProperty(option) is { ValueKind: JsonValueKind.String } text && text.GetString() == "");
            if (!empty)
            {
                throw TokenizerJson.Unsupported($"model.BPE.{option}");
            }
        }

        if (TokenizerJson.Flag(model, "byte_fallback"))
        {
            throw TokenizerJson.Unsupported("model.BPE.byte_fallback");
        }
    }

    private static Dictionary<string, int> ReadVocabulary(JsonElement vocab)
    {
        Dictionary<string, int> vocabulary = new(StringComparer.Ordinal);
        HashSet<int> ids = [];
        foreach (JsonProperty entry in vocab.EnumerateObject())
        {
            int id = TokenizerJson.CheckedId(entry.Value);
            if (!ids.Add(id) || entry.Name.Length is 0 or > TokenizerLimits.TokenBytes || !vocabulary.TryAdd(entry.Name, id))
            {
                throw TokenizerJson.Invalid("a token is empty, too long or stands there twice");
            }
        }

        return vocabulary;
    }

    private static Dictionary<long, BpeModel.Merge> ReadMerges(JsonElement list, Dictionary<string, int> vocabulary)
    {
        Dictionary<long, BpeModel.Merge> merges = [];
        int rank = 0;
        foreach (JsonElement entry in list.EnumerateArray())
        {
            (string left, string right) = ReadPair(entry);
            if (rank == TokenizerLimits.Tokens
                || !vocabulary.TryGetValue(left, out int leftId)
                || !vocabulary.TryGetValue(right, out int rightId)
                || !vocabulary.TryGetValue(left + right, out int result))
            {
                throw TokenizerJson.Invalid("a merge names a token that does not exist, or there are too many");
            }

            merges[BpeModel.Pair(leftId, rightId)] = new BpeModel.Merge(rank++, result);
        }

        return merges;
    }

    private static (string Left, string Right) ReadPair(JsonElement entry)
    {
        if (entry.ValueKind == JsonValueKind.Array)
        {
            return entry.GetArrayLength() == 2
                ? (entry[0].GetString() ?? "", entry[1].GetString() ?? "")
                : throw TokenizerJson.Invalid("a merge is not a pair");
        }

        string[] halves = (entry.GetString() ?? "").Split(' ');
        return halves.Length == 2 ? (halves[0], halves[1]) : throw TokenizerJson.Invalid("a merge is not a pair");
    }
}
