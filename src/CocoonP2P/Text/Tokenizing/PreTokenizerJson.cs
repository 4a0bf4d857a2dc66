using System.Text.Json;

namespace CocoonP2P.Text.Tokenizing;

/// <summary>The pre_tokenizer of a tokenizer.json. Patterns in it are code from strangers: only known ones, equal by text.</summary>
internal static class PreTokenizerJson
{
    public static ISplitter[] Read(JsonElement component)
    {
        if (component.ValueKind != JsonValueKind.Object)
        {
            throw TokenizerJson.Unsupported("pre_tokenizer null");
        }

        List<ISplitter> splitters = [];
        bool byteLevel = false;
        foreach (JsonElement part in Parts(component))
        {
            if (byteLevel || splitters.Count == TokenizerLimits.Splitters)
            {
                throw TokenizerJson.Unsupported("pre_tokenizer.Sequence past ByteLevel");
            }

            byteLevel = Add(part, splitters);
        }

        return byteLevel ? [.. splitters] : throw TokenizerJson.Unsupported("pre_tokenizer without ByteLevel");
    }

    private static JsonElement[] Parts(JsonElement component) =>
        component.GetProperty("type").GetString() == "Sequence"
            ? [.. component.GetProperty("pretokenizers").EnumerateArray()]
            : [component];

    /// <summary>Adds one part; true when it is the one that turns text into bytes, which must be the last.</summary>
    private static bool Add(JsonElement part, List<ISplitter> splitters)
    {
        switch (part.GetProperty("type").GetString())
        {
            case "Digits" when TokenizerJson.Flag(part, "individual_digits"):
                splitters.Add(new DigitSplitter());
                return false;

            case "Split":
                splitters.Add(KnownPattern(part));
                return false;

            case "ByteLevel" when !TokenizerJson.Flag(part, "add_prefix_space"):
                if (!part.TryGetProperty("use_regex", out JsonElement useRegex) || useRegex.GetBoolean())
                {
                    splitters.Add(new ByteLevelSplitter());
                }

                return true;

            default:
                throw TokenizerJson.Unsupported("pre_tokenizer" + TokenizerJson.Kind(part));
        }
    }

    private static ISplitter KnownPattern(JsonElement part)
    {
        if (part.GetProperty("behavior").GetString() != "Isolated" || TokenizerJson.Flag(part, "invert"))
        {
            throw TokenizerJson.Unsupported("pre_tokenizer.Split behavior");
        }

        string? pattern = part.GetProperty("pattern").TryGetProperty("Regex", out JsonElement regex) ? regex.GetString() : null;
        return pattern switch
        {
            ByteLevelSplitter.Pattern => new ByteLevelSplitter(),
            WordSplitter.ThreeDigitPattern => new WordSplitter(3),
            WordSplitter.OneDigitPattern => new WordSplitter(1),
            _ => throw TokenizerJson.Unsupported("pre_tokenizer.Split pattern"),
        };
    }
}
