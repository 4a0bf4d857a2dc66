using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CocoonP2P.Inference;

namespace CocoonP2P.Models;

/// <summary>Reads a manifest. Fields it does not know are part of the id and otherwise ignored.</summary>
internal static class ManifestReader
{
    public const string Schema = "cocoonp2p/model/1";

    private const int MaxFiles = 16;

    /// <exception cref="InferenceException">ModelInvalid or ModelUnsupported, with what is wrong.</exception>
    public static ModelManifest Read(ReadOnlyMemory<byte> json)
    {
        if (!CanonicalJson.TryWrite(json, out byte[] canonical, out string problem))
        {
            throw Invalid(problem);
        }

        using JsonDocument document = JsonDocument.Parse(canonical);
        JsonElement root = document.RootElement;
        Require(root.ValueKind == JsonValueKind.Object, "it is not an object");
        Require(Text(root, "schema") == Schema, $"its schema is not {Schema}");
        string kind = Text(root, "kind");
        if (kind is not (ModelManifest.LlmKind or ModelManifest.EmbedKind))
        {
            throw new InferenceException(InferenceErrorCode.ModelUnsupported, $"Contract {kind} is not implemented.");
        }

        string name = Text(root, "name");
        Require(name.Length <= 64 && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '.' or '_' or '-'),
            "its name is not 1 to 64 of a-z, 0-9, '.', '_', '-'");
        bool embeds = kind == ModelManifest.EmbedKind;
        ModelShape shape = embeds ? ReadEmbed(Object(root, "embed")) : ReadLlm(Object(root, "llm"));
        JsonElement limits = Object(root, "limits");
        int context = Number(limits, "context", 64, 1 << 20);
        return new ModelManifest(
            SHA256.HashData(canonical), canonical, name, kind,
            ReadFiles(Array(root, "files", MaxFiles), embeds ? [ModelFile.Graph, ModelFile.Tokenizer] : [ModelFile.Graph, ModelFile.Tokenizer, ModelFile.Template]),
            Array(Object(root, "graph"), "ops", 64).Select(Text).ToHashSet(StringComparer.Ordinal),
            new ModelLimits(context, embeds ? 0 : Number(limits, "max_tokens", 1, context)),
            shape);
    }

    private static LlmShape ReadLlm(JsonElement llm)
    {
        int vocabulary = Number(llm, "vocab", 2, 1 << 20);
        int[] end = [.. Array(llm, "eos", 16).Select(e => Number(e, "eos", 0, vocabulary - 1))];
        Require(end.Length > 0, "it names no end token");
        KvElement kv = Text(llm, "kv") switch
        {
            "f32" => KvElement.Float32,
            "f16" => KvElement.Float16,
            string other => throw new InferenceException(InferenceErrorCode.ModelUnsupported, $"A cache of {other} is not implemented."),
        };
        return new LlmShape(
            Number(llm, "layers", 1, 512), Number(llm, "kv_heads", 1, 256), Number(llm, "head_dim", 8, 512), kv, vocabulary, end);
    }

    private static EmbedShape ReadEmbed(JsonElement embed) =>
        new(Number(embed, "dim", 1, 1 << 16), Number(embed, "vocab", 2, 1 << 20));

    private static ModelFile[] ReadFiles(IEnumerable<JsonElement> entries, string[] required)
    {
        ModelFile[] files = [.. entries.Select(ReadFile)];
        Require(files.DistinctBy(f => f.Path).Count() == files.Length, "a path stands twice");
        Require(files.Where(f => f.Role != ModelFile.Weights).DistinctBy(f => f.Role).Count()
            == files.Count(f => f.Role != ModelFile.Weights), "a role stands twice");
        foreach (string role in required)
        {
            Require(files.Any(f => f.Role == role), $"it has no {role}");
        }

        return files;
    }

    private static ModelFile ReadFile(JsonElement entry)
    {
        Require(entry.ValueKind == JsonValueKind.Object, "a file is not an object");
        string path = Text(entry, "path"), role = Text(entry, "role");
        Require(IsBareName(path), "a path is not a bare file name");
        Require(role is ModelFile.Graph or ModelFile.Weights or ModelFile.Tokenizer or ModelFile.Template, $"{path} has an unknown role");
        long size = Member(entry, "size") is { ValueKind: JsonValueKind.Number } n && n.TryGetInt64(out long s) ? s : -1;
        Require(size > 0 && size <= ModelFile.MaxSize(role), $"the size of {path} is outside its limit");
        return new ModelFile(path, role, size, Digest(entry, "sha256"), Digest(entry, "verity"));
    }

    // ASCII, so that no file system folds two of them into one.
    private static bool IsBareName(string path) =>
        path.Length is > 0 and <= 128 && path[0] != '.' && path.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');

    private static byte[] Digest(JsonElement entry, string name)
    {
        string text = Text(entry, name);
        Require(text.Length == 64 && text.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f')), $"{name} is not 64 lower-case hex digits");
        return Convert.FromHexString(text);
    }

    private static JsonElement Member(JsonElement parent, string name)
    {
        Require(parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out _), $"{name} is missing");
        return parent.GetProperty(name);
    }

    private static JsonElement Object(JsonElement parent, string name)
    {
        JsonElement value = Member(parent, name);
        Require(value.ValueKind == JsonValueKind.Object, $"{name} is not an object");
        return value;
    }

    private static JsonElement.ArrayEnumerator Array(JsonElement parent, string name, int most)
    {
        JsonElement value = Member(parent, name);
        Require(value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= most, $"{name} is not a list of at most {most}");
        return value.EnumerateArray();
    }

    private static string Text(JsonElement parent, string name) => Text(Member(parent, name));

    private static string Text(JsonElement value)
    {
        Require(value.ValueKind == JsonValueKind.String && Encoding.UTF8.GetByteCount(value.GetString()!) is > 0 and <= 256,
            "a text is missing or over 256 bytes");
        return value.GetString()!;
    }

    private static int Number(JsonElement parent, string name, int least, int most)
    {
        JsonElement value = parent.ValueKind == JsonValueKind.Number ? parent : Member(parent, name);
        Require(value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int n) && n >= least && n <= most,
            $"{name} is not {least} to {most}");
        return value.GetInt32();
    }

    private static void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw Invalid(problem);
        }
    }

    private static InferenceException Invalid(string problem) =>
        new(InferenceErrorCode.ModelInvalid, $"The manifest is refused: {problem}.");
}
