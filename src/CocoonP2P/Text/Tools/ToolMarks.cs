namespace CocoonP2P.Text.Tools;

/// <summary>How a call stands in an answer: the Hermes form, which many models were trained on.</summary>
internal static class ToolMarks
{
    public const string Open = "<tool_call>";

    public const string Close = "</tool_call>";

    public const string OpenResult = "<tool_response>";

    public const string CloseResult = "</tool_response>";
}
