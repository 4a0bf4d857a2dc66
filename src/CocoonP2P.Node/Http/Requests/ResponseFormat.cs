using CocoonP2P.Inference;

namespace CocoonP2P.Node.Http.Requests;

/// <summary>response_format: text, json_object, or json_schema. Whether a schema's words are known is for the grammar to say.</summary>
internal static class ResponseFormat
{
    /// <summary>What the answer must match; null for plain text.</summary>
    public static OutputGrammar? Read(Field field)
    {
        (string? type, string? schema) = (null, null);
        foreach (Member member in field.Members())
        {
            switch (member.Name)
            {
                case "type": type = member.Field.Word("text", "json_object", "json_schema"); break;
                case "json_schema": schema = Schema(member.Field); break;
                default: throw member.Unknown();
            }
        }

        return type switch
        {
            "text" => null,
            "json_object" => new OutputGrammar(GrammarKind.JsonObject, ""),
            "json_schema" when schema is not null => new OutputGrammar(GrammarKind.JsonSchema, schema),
            "json_schema" => throw new BadFieldException(field.Path + ".json_schema", "send the schema"),
            _ => throw new BadFieldException(field.Path + ".type", "send one of: text, json_object, json_schema"),
        };
    }

    private static string? Schema(Field field)
    {
        string? schema = null;
        foreach (Member member in field.Members())
        {
            switch (member.Name)
            {
                case "schema": schema = ToolsField.Schema(member.Field); break;
                case "name": ToolsField.Name(member.Field); break;
                case "description": member.Field.Text(); break;
                // The answer always follows the schema here, asked for or not.
                case "strict": member.Field.Flag(); break;
                default: throw member.Unknown();
            }
        }

        return schema;
    }
}
