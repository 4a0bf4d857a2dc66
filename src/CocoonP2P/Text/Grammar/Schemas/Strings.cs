using CocoonP2P.Text.Grammar.Automata;

namespace CocoonP2P.Text.Grammar.Schemas;

/// <summary>The keywords about strings. A length counts characters, so each is a state.</summary>
internal static class Strings
{
    public static void Add(JsonParts parts, SchemaNode schema, int from, int to)
    {
        AutomatonBuilder build = parts.Build;
        (int least, int? most) = (schema.Count("minLength") ?? 0, schema.Count("maxLength"));
        if (schema.Has("pattern") || schema.Has("format"))
        {
            StringPatterns.Add(build, schema, least, most, from, to);
            return;
        }

        if (least == 0 && most is null)
        {
            build.Call(from, parts.String, to);
            return;
        }

        if (most < least)
        {
            schema.Refuse("maxLength", "it is less than minLength");
        }

        int node = build.Text(from, "\""u8);
        for (int length = 0; ; length++)
        {
            if (length >= least)
            {
                build.Byte(node, (byte)'"', to);
            }

            if (length == (most ?? least))
            {
                break;
            }

            int next = build.Node();
            build.Call(node, parts.Character, next);
            node = next;
        }

        if (most is null)
        {
            Characters.Add(build, node, node);
        }
    }
}
