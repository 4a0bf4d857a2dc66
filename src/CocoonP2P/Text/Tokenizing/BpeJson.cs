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
        List<AddedToken> added = ReadAdded(root);
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
            int id = CheckedId(entry.Value);
            if (!ids.Add(id) || entry.Name.Length is 0 or > TokenizerLimits.TokenBytes || !vocabulary.TryAdd(entry.Name, id))
            {
                throw TokenizerJson.Invalid("a token is empty, too long or stands there twice");
            }
        }

        return vocabulary;
    }

    private static List<AddedToken> ReadAdded(JsonElement root)
    {
        List<AddedToken> added = [];
        if (TokenizerJson.IsNothing(root, "added_tokens"))
        {
            return added;
        }

        foreach (JsonElement entry in root.GetProperty("added_tokens").EnumerateArray())
        {
            string content = entry.GetProperty("content").GetString() ?? "";
            if (content.Length is 0 or > TokenizerLimits.TokenBytes || added.Count == TokenizerLimits.AddedTokens)
            {
                throw TokenizerJson.Invalid("an added token is empty or too long, or there are too many");
            }

            if (TokenizerJson.Flag(entry, "single_word"))
            {
                throw TokenizerJson.Unsupported("added_tokens.single_word");
            }

            // 'normalized' needs no care: no normalizer is supported, so the text is the same either way.
            added.Add(new AddedToken(
                CheckedId(entry.GetProperty("id")),
                content,
                TokenizerJson.Flag(entry, "special"),
                TokenizerJson.Flag(entry, "lstrip"),
                TokenizerJson.Flag(entry, "rstrip")));
        }

        return added;
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

    private static int CheckedId(JsonElement value) =>
        value.TryGetInt32(out int id) && id is >= 0 and < TokenizerLimits.Tokens
            ? id
            : throw TokenizerJson.Invalid("a token id is out of range");
}
