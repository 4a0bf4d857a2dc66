using System.Text.Json;

namespace CocoonP2P.Text.Grammar.Schemas;

/// <summary>The values of an enum or a const; where a type stands beside it, those that are of it.</summary>
internal static class Values
{
    public static IReadOnlyList<JsonElement> Of(SchemaNode schema)
    {
        JsonElement[] values = schema.Has("const")
            ? [schema.Element.GetProperty("const")]
            : [.. schema.List("enum", GrammarLimits.EnumValues).Select(v => v.Element)];
        IReadOnlyList<string> types = schema.Has("type") ? Keywords.Types(schema) : ["any"];
        JsonElement[] fitting = [.. values.Where(v => types.Any(type => Is(v, type)))];
        if (fitting.Length == 0)
        {
            schema.Refuse("enum", "none of its values is of its type");
        }

        return fitting;
    }

    /// <summary>Whether a value is of a type, as the specification has it: 1.0 is an integer.</summary>
    public static bool Is(JsonElement value, string type) => type switch
    {
        "any" => true,
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "string" => value.ValueKind == JsonValueKind.String,
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal number) && decimal.Truncate(number) == number,
        _ => false,
    };
}
