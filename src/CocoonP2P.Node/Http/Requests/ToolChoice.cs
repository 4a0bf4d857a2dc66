namespace CocoonP2P.Node.Http.Requests;

/// <summary>tool_choice: none, auto, required, or one function by its name.</summary>
/// <param name="Mode">"none", "auto" or "required".</param>
/// <param name="Only">The one tool that must be called; null for any.</param>
internal sealed record ToolChoice(string Mode, string? Only)
{
    public static readonly ToolChoice Auto = new("auto", null);

    public static ToolChoice Read(Field field)
    {
        if (!field.IsMap)
        {
            return new ToolChoice(field.Word("none", "auto", "required"), null);
        }

        string? only = null;
        foreach (Member member in field.Members())
        {
            switch (member.Name)
            {
                case "type": member.Field.Word("function"); break;
                case "function": only = Function(member.Field); break;
                default: throw member.Unknown();
            }
        }

        return new ToolChoice("required", only ?? throw field.Bad("name the function"));
    }

    private static string? Function(Field function)
    {
        string? name = null;
        foreach (Member member in function.Members())
        {
            name = member.Name == "name" ? ToolsField.Name(member.Field) : throw member.Unknown();
        }

        return name;
    }
}
