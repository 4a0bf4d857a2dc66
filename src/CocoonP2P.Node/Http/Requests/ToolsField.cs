using CocoonP2P.Text;

namespace CocoonP2P.Node.Http.Requests;

/// <summary>tools: the functions that the model may call.</summary>
internal static class ToolsField
{
    private const int Most = 128;
    private const int MostDescription = 16 * 1024;
    private const int MostSchema = 64 * 1024;
    private const string NoParameters = """{"type":"object","properties":{}}""";

    public static IReadOnlyList<ToolDefinition> Read(Field field)
    {
        List<ToolDefinition> tools = [.. field.Items(Most).Select(Tool)];
        return tools.DistinctBy(tool => tool.Name).Count() == tools.Count ? tools : throw field.Bad("each tool has a name of its own");
    }

    private static ToolDefinition Tool(Field tool)
    {
        ToolDefinition? definition = null;
        foreach (Member member in tool.Members())
        {
            switch (member.Name)
            {
                case "type": member.Field.Word("function"); break;
                case "function": definition = Function(member.Field); break;
                default: throw member.Unknown();
            }
        }

        return definition ?? throw tool.Bad("every tool has a function");
    }

    private static ToolDefinition Function(Field function)
    {
        (string? name, string description, string parameters) = (null, "", NoParameters);
        foreach (Member member in function.Members())
        {
            switch (member.Name)
            {
                case "name": name = Name(member.Field); break;
                case "description": description = member.Field.Text(MostDescription); break;
                case "parameters": parameters = Schema(member.Field); break;
                // Arguments always follow the schema here, asked for or not.
                case "strict": member.Field.Flag(); break;
                default: throw member.Unknown();
            }
        }

        return new ToolDefinition(name ?? throw function.Bad("every function has a name"), description, parameters);
    }

    /// <summary>1 to 64 of letters, digits, _ and -.</summary>
    public static string Name(Field field)
    {
        string name = field.Text(64);
        return name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? name : throw field.Bad("send 1 to 64 of letters, digits, _ and -");
    }

    /// <summary>A JSON schema as it was written.</summary>
    public static string Schema(Field field)
    {
        string schema = field.IsMap ? field.Value.GetRawText() : throw field.Bad("send a JSON schema, an object");
        return System.Text.Encoding.UTF8.GetByteCount(schema) <= MostSchema ? schema : throw field.Bad($"send a schema of at most {MostSchema} bytes");
    }
}
