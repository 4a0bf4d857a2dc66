namespace CocoonP2P.Text.Tools;

/// <summary>What a piece of an answer turned out to be.</summary>
/// <param name="Call">Which call, from 0; −1 for plain text.</param>
/// <param name="Name">Of the tool, in the first piece of a call; else "".</param>
/// <param name="Text">Plain text, or the next characters of the call's arguments.</param>
internal readonly record struct ToolPiece(int Call, string Name, string Text)
{
    public static ToolPiece Plain(string text) => new(-1, "", text);
}
