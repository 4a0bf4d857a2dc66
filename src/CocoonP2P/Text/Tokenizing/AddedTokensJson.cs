using System.Text.Json;

namespace CocoonP2P.Text.Tokenizing;

/// <summary>The added tokens of a tokenizer.json.</summary>
internal static class AddedTokensJson
{
    public static IReadOnlyList<AddedToken> Read(JsonElement root)
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
                TokenizerJson.CheckedId(entry.GetProperty("id")),
                content,
                TokenizerJson.Flag(entry, "special"),
                TokenizerJson.Flag(entry, "lstrip"),
                TokenizerJson.Flag(entry, "rstrip")));
        }

        return added;
    }
}
