using System.Text.Json;
using CocoonP2P.Text.Grammar.Automata;

namespace CocoonP2P.Text.Grammar.Schemas;

/// <summary>
/// Compiles a JSON schema: each schema is a rule, built when its turn in the queue comes, so no input makes the compiler
/// recurse deeply. What a compiled schema allows is always valid; it may be less than all that is.
/// </summary>
internal sealed class SchemaCompiler
{
    private readonly SchemaNode _root;
    private readonly Dictionary<string, int> _rules = new(StringComparer.Ordinal);
    private readonly Queue<(SchemaNode Schema, int Rule)> _open = [];

    private SchemaCompiler(JsonElement root, JsonParts parts) => (_root, Parts) = (new SchemaNode(root, "#"), parts);

    public JsonParts Parts { get; }

    /// <summary>Compiles a document; returns the rule of its values.</summary>
    /// <param name="root">The schema.</param>
    /// <param name="parts">What it is built of.</param>
    /// <param name="mustBeObject">Whether other values are not allowed, whatever the schema says.</param>
    /// <exception cref="GrammarRefusedException">A keyword or a combination that is not supported, or a bound.</exception>
    public static int Compile(JsonElement root, JsonParts parts, bool mustBeObject = false)
    {
        SchemaCompiler compiler = new(root, parts);
        if (mustBeObject && compiler.AllowsOnly("any"))
        {
            return parts.Object;
        }

        if (mustBeObject && !compiler.AllowsOnly("object"))
        {
            compiler._root.Refuse("type", "it is not an object");
        }

        int rule = compiler.RuleOf(compiler._root);
        while (compiler._open.TryDequeue(out (SchemaNode Schema, int Rule) next))
        {
            Rule made = parts.Build.Rule(next.Rule);
            compiler.Add(next.Schema, made.Start, made.End, []);
        }

        return rule;
    }

    /// <summary>The rule of a schema, the same for every mention of it.</summary>
    public int RuleOf(SchemaNode schema)
    {
        if (!_rules.TryGetValue(schema.Pointer, out int rule))
        {
            rule = Parts.Build.NewRule(nests: false);
            _rules.Add(schema.Pointer, rule);
            _open.Enqueue((schema, rule));
        }

        return rule;
    }

    /// <summary>The schema that a reference leads to in the end.</summary>
    public SchemaNode Resolve(SchemaNode schema)
    {
        for (int hops = 0; schema.Element.ValueKind == JsonValueKind.Object && schema.TryGet("$ref", out SchemaNode reference); hops++)
        {
            schema = References.Follow(_root, schema, reference.Element, hops);
        }

        return schema;
    }

    private bool AllowsOnly(string type)
    {
        SchemaNode root = Checked(_root);
        return root.Element.ValueKind == JsonValueKind.True ? type == "any"
            : !root.Has("anyOf") && !root.Has("oneOf") && !root.Has("allOf") && Keywords.Types(root) is [var only] && only == type;
    }

    // "path" holds the schemas that were entered since the last byte: one that is entered again would never say one.
    private void Add(SchemaNode schema, int from, int to, HashSet<string> path)
    {
        schema = Checked(schema);
        if (schema.Element.ValueKind == JsonValueKind.True)
        {
            Parts.Build.Call(from, Parts.Value, to);
            return;
        }

        if (!path.Add(schema.Pointer))
        {
            schema.Refuse("$ref", "it leads to itself");
        }

        if (schema.Has("anyOf") || schema.Has("oneOf") || schema.Has("allOf"))
        {
            foreach (SchemaNode branch in Unions.Branches(schema, this))
            {
                Add(branch, from, to, path);
            }
        }
        else if (schema.Has("enum") || schema.Has("const"))
        {
            Literals.Add(Parts.Build, from, Values.Of(schema).Select(JsonLiteral.Of), to);
        }
        else
        {
            foreach (string type in Keywords.Types(schema))
            {
                Typed.Add(this, schema, type, from, to);
            }
        }

        path.Remove(schema.Pointer);
    }

    private SchemaNode Checked(SchemaNode schema)
    {
        if (schema.Element.ValueKind == JsonValueKind.Object)
        {
            Keywords.Check(schema);
            schema = Resolve(schema);
        }

        if (schema.Element.ValueKind == JsonValueKind.Object)
        {
            Keywords.Check(schema);
        }
        else if (schema.Element.ValueKind != JsonValueKind.True)
        {
            schema.Refuse("", schema.Element.ValueKind == JsonValueKind.False ? "it allows nothing" : "it is not a schema");
        }

        return schema;
    }
}
