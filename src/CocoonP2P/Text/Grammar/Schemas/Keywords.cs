using System.Collections.Frozen;
using System.Text.Json;

namespace CocoonP2P.Text.Grammar.Schemas;

/// <summary>Keywords of JSON Schema 2020-12 that are understood. Any other is refused by its name: what is not held must not seem to be.</summary>
internal static class Keywords
{
    // They say nothing about which values are valid.
    private static readonly FrozenSet<string> Annotations = FrozenSet.Create(
        StringComparer.Ordinal, "title", "description", "default", "examples", "$schema", "$comment", "deprecated", "readOnly", "writeOnly",
        "contentEncoding", "contentMediaType", "$defs", "definitions");

    private static readonly FrozenDictionary<string, string> Constraints = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["properties"] = "object", ["required"] = "object", ["additionalProperties"] = "object",
        ["items"] = "array", ["minItems"] = "array", ["maxItems"] = "array",
        ["minLength"] = "string", ["maxLength"] = "string", ["pattern"] = "string", ["format"] = "string",
        ["minimum"] = "number", ["maximum"] = "number", ["exclusiveMinimum"] = "number", ["exclusiveMaximum"] = "number",
        ["multipleOf"] = "number",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Alone = FrozenSet.Create(StringComparer.Ordinal, "$ref", "anyOf", "oneOf", "allOf");

    /// <summary>Refuses what is not understood, and what may not stand together.</summary>
    public static void Check(SchemaNode schema)
    {
        string? alone = null, literal = null, constraint = null;
        foreach (JsonProperty member in schema.Element.EnumerateObject())
        {
            string name = member.Name;
            if (Alone.Contains(name))
            {
                alone = alone is null ? name : throw Both(schema, name, alone);
            }
            else if (name is "enum" or "const")
            {
                literal = literal is null ? name : throw Both(schema, name, literal);
            }
            else if (Constraints.ContainsKey(name) || name == "type")
            {
                constraint = constraint is null or "type" ? name : constraint;
            }
            else if (!Annotations.Contains(name) && !IsVoid(member) && !(name == "$id" && schema.Pointer == "#"))
            {
                schema.Refuse(Named(name), "it is not supported");
            }
        }

        if (alone is not null && (literal ?? constraint) is { } beside)
        {
            throw Both(schema, beside, alone);
        }

        if (literal is not null && constraint is not (null or "type"))
        {
            throw Both(schema, constraint, literal);
        }
    }

    /// <summary>The types that a schema allows: those it names, else the one that its keywords are about, else all.</summary>
    public static IReadOnlyList<string> Types(SchemaNode schema)
    {
        if (schema.TryGet("type", out SchemaNode type))
        {
            SchemaNode[] named = type.Element.ValueKind == JsonValueKind.Array ? schema.List("type", 7) : [type];
            return [.. named.Select(n => n.Element.ValueKind == JsonValueKind.String ? n.Element.GetString()! : "")];
        }

        string[] about = [.. Constraints.Where(c => schema.Has(c.Key)).Select(c => c.Value).Distinct()];
        if (about.Length > 1)
        {
            schema.Refuse("type", "it is missing, and the keywords are about several");
        }

        return about.Length == 1 ? about : ["any"];
    }

    private static bool IsVoid(JsonProperty member) => member is { Name: "uniqueItems", Value.ValueKind: JsonValueKind.False };

    private static GrammarRefusedException Both(SchemaNode schema, string one, string other) =>
        new(new GrammarRefusal(one, schema.Pointer, $"it cannot stand beside {other}"));

    // The name goes into a message for a person, so it must be a name.
    private static string Named(string name) =>
        name.Length is > 0 and <= 40 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '$' or '_' or '-') ? name : "a keyword";
}
