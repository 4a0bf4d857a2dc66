using System.Text.Json;
using CocoonP2P.Inference;

namespace CocoonP2P.Text.Tokenizing;

/// <summary>
/// Reads tokenizer.json. A component that is not implemented is refused by its name, never guessed; a file that breaks
/// its own rules is ModelInvalid.
/// </summary>
internal static class TokenizerJson
{
    /// <summary>Reads a file of at most <see cref="TokenizerLimits.JsonBytes"/>.</summary>
    /// <exception cref="InferenceException">TokenizerUnsupported naming the component, or ModelInvalid.</exception>
    public static Tokenizer Load(ReadOnlyMemory<byte> json)
    {
        if (json.Length > TokenizerLimits.JsonBytes)
        {
            throw Invalid($"{json.Length} bytes, limit {TokenizerLimits.JsonBytes}");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = TokenizerLimits.Depth });
            return Read(document.RootElement);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            // The parser's own words quote the file, so only the kind is passed on.
            throw Invalid("not the JSON of a tokenizer");
        }
    }

    internal static InferenceException Unsupported(string component) =>
        new(InferenceErrorCode.TokenizerUnsupported, $"tokenizer.json: {component} is not supported");

    internal static InferenceException Invalid(string problem) =>
        new(InferenceErrorCode.ModelInvalid, $"tokenizer.json: {problem}");

    /// <summary>Whether a member is missing or null.</summary>
    internal static bool IsNothing(JsonElement parent, string name) =>
        !parent.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null;

    /// <summary>A boolean member that may be missing.</summary>
    internal static bool Flag(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out JsonElement value) && value.GetBoolean();

    internal static int CheckedId(JsonElement value) =>
        value.TryGetInt32(out int id) && id is >= 0 and < TokenizerLimits.Tokens
            ? id
            : throw Invalid("a token id is out of range");

    private static Tokenizer Read(JsonElement root)
    {
        RefuseUnlessNothing(root, "truncation");
        RefuseUnlessNothing(root, "padding");
        RefuseUnlessNothing(root, "normalizer");
        if (Kind(root.GetProperty("model")) == ".Unigram")
        {
            return UnigramJson.Read(root);
        }

        RequireByteLevel(root, "decoder", required: true);
        RequireByteLevel(root, "post_processor", required: false);
        ISplitter[] splitters = PreTokenizerJson.Read(root.GetProperty("pre_tokenizer"));
        return BpeJson.Read(root, splitters);
    }

    private static void RefuseUnlessNothing(JsonElement root, string name)
    {
        if (!IsNothing(root, name))
        {
            throw Unsupported(name + Kind(root.GetProperty(name)));
        }
    }

    private static void RequireByteLevel(JsonElement root, string name, bool required)
    {
        if (IsNothing(root, name))
        {
            if (required)
            {
                throw Unsupported($"{name} null");
            }
        }
        else if (root.GetProperty(name).GetProperty("type").GetString() != "ByteLevel")
        {
            throw Unsupported(name + Kind(root.GetProperty(name)));
        }
    }

    internal static string Kind(JsonElement component)
    {
        string? kind = component.ValueKind == JsonValueKind.Object && component.TryGetProperty("type", out JsonElement type)
            && type.ValueKind == JsonValueKind.String ? type.GetString() : null;

        // The name goes into a message for a person, so it must be a name.
        return kind is { Length: > 0 and <= 40 } && kind.All(char.IsAsciiLetterOrDigit) ? "." + kind : "";
    }
}
