using System.Text;
using System.Text.Json;

namespace CocoonP2P.Text.Tokenizing;

/// <summary>A tokenizer.json with a unigram model behind Metaspace, which replaces spaces and cuts nothing.</summary>
internal static class UnigramJson
{
    public static Tokenizer Read(JsonElement root)
    {
        RequireMetaspace(root, "pre_tokenizer");
        RequireMetaspace(root, "decoder");
        if (!TokenizerJson.IsNothing(root, "post_processor"))
        {
            throw TokenizerJson.Unsupported("post_processor" + TokenizerJson.Kind(root.GetProperty("post_processor")));
        }

        JsonElement model = root.GetProperty("model");
        if (TokenizerJson.Flag(model, "byte_fallback"))
        {
            throw TokenizerJson.Unsupported("model.Unigram.byte_fallback");
        }

        IReadOnlyList<AddedToken> added = AddedTokensJson.Read(root);
        JsonElement[] vocab = [.. model.GetProperty("vocab").EnumerateArray()];
        int unknown = model.GetProperty("unk_id").GetInt32();
        if (vocab.Length > TokenizerLimits.Tokens || unknown < 0 || unknown >= vocab.Length || added.Any(t => t.Id >= vocab.Length))
        {
            throw TokenizerJson.Invalid("an id is out of range, or there are too many tokens");
        }

        // A text never becomes a special token, nor the one for what is unknown.
        HashSet<int> unspoken = [unknown, .. added.Where(t => t.Special).Select(t => t.Id)];
        Dictionary<string, (int Id, float Score)> pieces = new(StringComparer.Ordinal);
        byte[]?[] bytes = new byte[vocab.Length][];
        for (int id = 0; id < vocab.Length; id++)
        {
            string piece = vocab[id][0].GetString() ?? "";
            float score = vocab[id][1].GetSingle();
            if (piece.Length is 0 or > TokenizerLimits.TokenBytes || !float.IsFinite(score))
            {
                throw TokenizerJson.Invalid("a token is empty, too long, or unlikely beyond measure");
            }

            bytes[id] = [];
            if (!unspoken.Contains(id))
            {
                // Of two equal pieces the last counts, as in the reference.
                pieces[piece] = (id, score);
                bytes[id] = Encoding.UTF8.GetBytes(piece.Replace(UnigramModel.Space, ' '));
            }
        }

        return new Tokenizer(new TokenizerParts(new UnigramModel(pieces, unknown), [], added, null, bytes, IsLossy: true));
    }

    private static void RequireMetaspace(JsonElement root, string name)
    {
        bool fits = root.TryGetProperty(name, out JsonElement part) && part.ValueKind == JsonValueKind.Object
            && part.GetProperty("type").GetString() == "Metaspace" && part.GetProperty("replacement").GetString() == "\u2581"
            && part.GetProperty("prepend_scheme").GetString() == "always" && part.TryGetProperty("split", out JsonElement split)
            && split.ValueKind == JsonValueKind.False;
        if (!fits)
        {
            throw TokenizerJson.Unsupported(name + TokenizerJson.Kind(part));
        }
    }
}
