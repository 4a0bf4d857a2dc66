using System.Text.Json;

namespace CocoonP2P.Text.Grammar.Schemas;

/// <summary>The values of one type that a schema's keywords allow.</summary>
internal static class Typed
{
    public static void Add(SchemaCompiler compiler, SchemaNode schema, string type, int from, int to)
    {
        JsonParts parts = compiler.Parts;
        switch (type)
        {
            case "any":
                parts.Build.Call(from, parts.Value, to);
                break;
            case "object":
                parts.Build.Call(from, Object(compiler, schema), to);
                break;
            case "array":
                parts.Build.Call(from, List(compiler, schema), to);
                break;
            case "string":
                Strings.Add(parts, schema, from, to);
                break;
            case "number" or "integer":
                Number(parts, Ranges.Read(schema, isInteger: type == "integer"), from, to);
                break;
            case "boolean":
                parts.Word(from, "true", to);
                parts.Word(from, "false", to);
                break;
            case "null":
                parts.Word(from, "null", to);
                break;
            default:
                schema.Refuse("type", "it is not one of the seven");
                break;
        }
    }

    private static void Number(JsonParts parts, NumberRange range, int from, int to)
    {
        if (range.IsAny)
        {
            parts.Build.Call(from, parts.Number, to);
        }
        else
        {
            Numbers.Add(parts.Build, from, range, to);
        }
    }

    private static int List(SchemaCompiler compiler, SchemaNode schema)
    {
        int item = schema.TryGet("items", out SchemaNode items) ? compiler.RuleOf(items) : compiler.Parts.Value;
        int least = schema.Count("minItems") ?? 0;
        int? most = schema.Count("maxItems");
        if (most < least)
        {
            schema.Refuse("maxItems", "it is less than minItems");
        }

        return Containers.List(compiler.Parts, item, least, most);
    }

    private static int Object(SchemaCompiler compiler, SchemaNode schema)
    {
        HashSet<string> required = [.. schema.Has("required") ? Names(schema) : []];
        List<Property> properties = [];
        if (schema.TryGet("properties", out SchemaNode declared))
        {
            if (declared.Element.ValueKind != JsonValueKind.Object)
            {
                schema.Refuse("properties", "it is not an object");
            }

            foreach (JsonProperty member in declared.Element.EnumerateObject())
            {
                int value = compiler.RuleOf(schema.Under("properties", member));
                properties.Add(new Property(JsonLiteral.OfString(member.Name), value, required.Remove(member.Name)));
            }
        }

        if (required.Count > 0)
        {
            schema.Refuse("required", "it names what is not among the properties");
        }

        return Containers.Object(compiler.Parts, properties, Others(compiler, schema, properties.Count > 0));
    }

    // Without the keyword further members would be valid as well; a model that is free to add some never ends adding.
    private static int? Others(SchemaCompiler compiler, SchemaNode schema, bool hasProperties) =>
        !schema.TryGet("additionalProperties", out SchemaNode others) ? (hasProperties ? null : compiler.Parts.Value)
        : others.Element.ValueKind == JsonValueKind.False ? null
        : compiler.RuleOf(others);

    private static IEnumerable<string> Names(SchemaNode schema)
    {
        JsonElement list = schema.Element.GetProperty("required");
        if (list.ValueKind != JsonValueKind.Array || list.EnumerateArray().Any(n => n.ValueKind != JsonValueKind.String))
        {
            schema.Refuse("required", "it is not a list of names");
        }

        return list.EnumerateArray().Select(n => n.GetString()!);
    }
}
