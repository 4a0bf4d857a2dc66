using System.Text.Json.Nodes;

namespace CocoonP2P.Tests.Text.Grammar;

/// <summary>Random schemas of the supported subset.</summary>
internal sealed class SchemaMaker(Random random)
{
    private static readonly string[] Names = ["a", "name", "né", "日本", "a b", "q\"uote", "x/y", "ab", "abc", ""];
    private int _definitions;

    public JsonObject Document()
    {
        _definitions = random.Next(3);
        JsonObject root = Schema(random.Next(4));
        JsonObject definitions = [];
        for (int i = 0; i < _definitions; i++)
        {
            definitions[$"d{i}"] = random.Next(2) == 0 ? Object(2) : List(2);
        }

        if (_definitions > 0)
        {
            root["$defs"] = definitions;
        }

        return root;
    }

    private JsonObject Schema(int depth) => (depth > 0 ? random.Next(11) : random.Next(6)) switch
    {
        0 => Text(),
        1 => Number("integer"),
        2 => Number("number"),
        3 => new JsonObject { ["type"] = Pick("boolean", "null", "string", "integer", "number") },
        4 => Enum(),
        5 => new JsonObject { ["type"] = new JsonArray(Pick("string", "integer"), "null"), ["description"] = "either" },
        6 or 7 => Object(depth),
        8 => List(depth),
        9 => new JsonObject { ["anyOf"] = new JsonArray([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Schema(depth - 1))]) },
        _ => _definitions > 0 ? new JsonObject { ["$ref"] = $"#/$defs/d{random.Next(_definitions)}" } : Object(depth),
    };

    private JsonObject Text()
    {
        JsonObject schema = new() { ["type"] = "string" };
        int least = random.Next(4);
        Maybe(() => schema["minLength"] = least);
        Maybe(() => schema["maxLength"] = least + random.Next(5));
        return schema;
    }

    private JsonObject Number(string type)
    {
        JsonObject schema = new() { ["type"] = type };
        decimal low = Bound(), high = low + Math.Abs(Bound()) + 1;
        Maybe(() => schema[Pick("minimum", "exclusiveMinimum")] = low);
        Maybe(() => schema[Pick("maximum", "exclusiveMaximum")] = high);
        if (random.Next(4) == 0)
        {
            schema["multipleOf"] = type == "integer" ? random.Next(1, 20) : 0.01m;
            schema.Remove("exclusiveMaximum");
            schema.Remove("maximum");
        }

        return schema;
    }

    private decimal Bound() => random.Next(3) switch
    {
        0 => random.Next(-20, 20),
        1 => random.Next(-100_000, 100_000),
        _ => random.Next(-100_000, 100_000) / 1000m,
    };

    private JsonObject Enum()
    {
        JsonNode?[] values = ["red", "green", 1, 2.5, true, null, "re\"d\n", new JsonObject { ["a"] = new JsonArray(1, "é") }, new JsonArray(), ""];
        JsonNode?[] some = [.. values.Where(_ => random.Next(3) == 0)];
        return some.Length == 0
            ? new JsonObject { ["const"] = values[random.Next(values.Length)]?.DeepClone() }
            : new JsonObject { ["enum"] = new JsonArray([.. some]) };
    }

    private JsonObject Object(int depth)
    {
        JsonObject properties = [];
        JsonArray required = [];
        foreach (string name in Names.Where(_ => random.Next(4) == 0))
        {
            properties[name] = Schema(depth - 1);
            Maybe(() => required.Add(name));
        }

        JsonObject schema = new() { ["type"] = "object", ["properties"] = properties, ["required"] = required, ["title"] = "T" };
        switch (random.Next(4))
        {
            case 0:
                schema["additionalProperties"] = Schema(depth - 1);
                break;
            case 1:
                schema["additionalProperties"] = true;
                break;
            case 2:
                schema["additionalProperties"] = false;
                break;
            default:
                break;
        }

        return schema;
    }

    private JsonObject List(int depth)
    {
        JsonObject schema = new() { ["type"] = "array", ["items"] = Schema(depth - 1) };
        int least = random.Next(3);
        Maybe(() => schema["minItems"] = least);
        Maybe(() => schema["maxItems"] = least + random.Next(3));
        return schema;
    }

    private string Pick(params string[] of) => of[random.Next(of.Length)];

    private void Maybe(Action act)
    {
        if (random.Next(2) == 0)
        {
            act();
        }
    }
}
