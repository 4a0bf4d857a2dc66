using System.Text;
using System.Text.Json;
using CocoonP2P.Text.Grammar.Schemas;

namespace CocoonP2P.Text.Grammar;

/// <summary>The tools of a request: {"mode":"auto"|"required","parallel":true|false,"tools":[{"name":…,"parameters":schema}]}.</summary>
internal static class ToolsSchema
{
    private const int MostNameBytes = 64;

    public static int Compile(JsonElement root, JsonParts parts)
    {
        string mode = Member(root, "mode", JsonValueKind.String).GetString()!;
        if (mode is not ("auto" or "required"))
        {
            throw Refused("mode", "#", "it is neither auto nor required");
        }

        bool parallel = root.TryGetProperty("parallel", out JsonElement flag) && flag.ValueKind == JsonValueKind.True;
        JsonElement tools = Member(root, "tools", JsonValueKind.Array);
        if (tools.GetArrayLength() is 0 or > GrammarLimits.Tools)
        {
            throw Refused("tools", "#", $"1 to {GrammarLimits.Tools} are supported");
        }

        (string, int)[] rules = [.. tools.EnumerateArray().Select((tool, i) => (Name(tool, i), Arguments(tool, $"#/tools/{i}/parameters", parts)))];
        return ToolCalls.Add(parts, rules, isFree: mode == "auto", parallel ? GrammarLimits.ToolCalls : 1);
    }

    private static string Name(JsonElement tool, int index)
    {
        string name = Member(tool, "name", JsonValueKind.String).GetString()!;
        return Encoding.UTF8.GetByteCount(name) is > 0 and <= MostNameBytes
            ? name
            : throw Refused("name", $"#/tools/{index}", $"it has not 1 to {MostNameBytes} bytes");
    }

    private static int Arguments(JsonElement tool, string pointer, JsonParts parts)
    {
        if (!tool.TryGetProperty("parameters", out JsonElement schema) || schema.ValueKind == JsonValueKind.Null)
        {
            return parts.Object;
        }

        try
        {
            return SchemaCompiler.Compile(schema, parts, mustBeObject: true);
        }
        catch (GrammarRefusedException refused)
        {
            throw new GrammarRefusedException(refused.Refusal with { Pointer = pointer + refused.Refusal.Pointer[1..] });
        }
    }

    private static JsonElement Member(JsonElement parent, string name, JsonValueKind kind) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == kind
            ? value
            : throw Refused(name, "#", $"it is missing or not a {kind.ToString().ToLowerInvariant()}");

    private static GrammarRefusedException Refused(string keyword, string pointer, string problem) =>
        new(new GrammarRefusal(keyword, pointer, problem));
}
