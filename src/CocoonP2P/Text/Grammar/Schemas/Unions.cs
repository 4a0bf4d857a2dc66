using System.Text.Json;

namespace CocoonP2P.Text.Grammar.Schemas;

/// <summary>anyOf; oneOf, where no value can be of two branches; allOf of one branch.</summary>
internal static class Unions
{
    public static IReadOnlyList<SchemaNode> Branches(SchemaNode schema, SchemaCompiler compiler)
    {
        if (schema.Has("allOf"))
        {
            return schema.List("allOf", GrammarLimits.Branches) is [var only] ? [only] : throw Refused(schema, "allOf", "more than one branch is not supported");
        }

        if (schema.Has("anyOf"))
        {
            return schema.List("anyOf", GrammarLimits.Branches);
        }

        SchemaNode[] branches = schema.List("oneOf", GrammarLimits.Branches);
        for (int i = 0; i < branches.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (!AreApart(compiler.Resolve(branches[j]), compiler.Resolve(branches[i]), compiler))
                {
                    throw Refused(schema, "oneOf", $"a value may be of its branches {j} and {i}; anyOf allows that");
                }
            }
        }

        return branches;
    }

    // Whether it is plain that no value is of both.
    private static bool AreApart(SchemaNode a, SchemaNode b, SchemaCompiler compiler)
    {
        if (a.Element.ValueKind != JsonValueKind.Object || b.Element.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        if (ValuesOf(a) is { } left && ValuesOf(b) is { } right)
        {
            return !left.Intersect(right, StringComparer.Ordinal).Any();
        }

        string[] shared = [.. Kinds(a).Intersect(Kinds(b), StringComparer.Ordinal)];
        return shared is [] || (shared is ["object"] && (AreTagged(a, b, compiler) || Excludes(a, b) || Excludes(b, a)));
    }

    // A property that both require, with values that they do not share.
    private static bool AreTagged(SchemaNode a, SchemaNode b, SchemaCompiler compiler) =>
        Required(a).Intersect(Required(b), StringComparer.Ordinal).Any(name =>
            ValuesOf(compiler.Resolve(Property(a, name))) is { } left && ValuesOf(compiler.Resolve(Property(b, name))) is { } right
            && !left.Intersect(right, StringComparer.Ordinal).Any());

    // A property that one requires and the other does not allow.
    private static bool Excludes(SchemaNode a, SchemaNode b) =>
        b.TryGet("additionalProperties", out SchemaNode others) && others.Element.ValueKind == JsonValueKind.False
        && Required(a).Any(name => Property(b, name).Element.ValueKind == JsonValueKind.Undefined);

    private static IEnumerable<string> Kinds(SchemaNode schema) =>
        ValuesOf(schema) is not null ? Values.Of(schema).Select(v => Kind(v.ValueKind))
        : schema.Has("type") ? Keywords.Types(schema).Select(t => t == "integer" ? "number" : t)
        : ["null", "boolean", "string", "object", "array", "number"];

    private static string Kind(JsonValueKind kind) => kind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => kind.ToString().ToLowerInvariant(),
    };

    // Strings alone: two spellings of a number may be one value.
    private static string[]? ValuesOf(SchemaNode schema) =>
        schema.Element.ValueKind == JsonValueKind.Object && (schema.Has("enum") || schema.Has("const"))
        && Values.Of(schema) is var values && values.All(v => v.ValueKind == JsonValueKind.String) ? [.. values.Select(v => v.GetString()!)] : null;

    private static string[] Required(SchemaNode schema) =>
        schema.TryGet("required", out SchemaNode list) && list.Element.ValueKind == JsonValueKind.Array
            ? [.. list.Element.EnumerateArray().Where(n => n.ValueKind == JsonValueKind.String).Select(n => n.GetString()!)]
            : [];

    private static SchemaNode Property(SchemaNode schema, string name) =>
        schema.TryGet("properties", out SchemaNode all) && all.Element.ValueKind == JsonValueKind.Object && all.TryGet(name, out SchemaNode property)
            ? property : default;

    private static GrammarRefusedException Refused(SchemaNode schema, string keyword, string problem) =>
        new(new GrammarRefusal(keyword, schema.Pointer, problem));
}
