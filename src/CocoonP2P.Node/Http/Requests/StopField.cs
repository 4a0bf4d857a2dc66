namespace CocoonP2P.Node.Http.Requests;

/// <summary>stop: a text or a list of texts. OpenAI takes 4; this node takes what a job takes.</summary>
internal static class StopField
{
    private const int Most = 16;
    private const int MostBytes = 128;

    public static IReadOnlyList<string> Read(Field field)
    {
        string[] stop = field.IsText ? [field.Text(MostBytes)] : field.IsList ? [.. field.Items(Most).Select(item => item.Text(MostBytes))] : throw field.Bad("send a text or a list of texts");
        return stop.Contains("") ? throw field.Bad("an empty text would end every answer") : stop;
    }
}
