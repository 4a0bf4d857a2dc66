namespace CocoonP2P.Node.Http.Requests;

/// <summary>Token ids of the model instead of a text.</summary>
internal static class TokenIds
{
    /// <summary>Whether a list holds numbers rather than texts or lists.</summary>
    public static bool Are(Field field) =>
        field.IsList && field.Value.GetArrayLength() > 0 && field.Value[0].ValueKind == System.Text.Json.JsonValueKind.Number;

    /// <summary>A list of ids; whether each is below the vocabulary is for the model to say.</summary>
    public static int[] Read(Field field) => [.. field.Items(Protocol.Limits.PromptTokens).Select(id => id.Whole(0, int.MaxValue))];
}
