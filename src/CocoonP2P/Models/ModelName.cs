namespace CocoonP2P.Models;

/// <summary>How a user names a model: "NAME", "ID" or "NAME@ID".</summary>
/// <param name="Name">"" where there is only an id.</param>
/// <param name="Id">32 bytes, or empty where there is only a name.</param>
internal readonly record struct ModelName(string Name, ReadOnlyMemory<byte> Id)
{
    private const int IdDigits = 64;

    /// <summary>False for a text that holds an @ without a name before it or an id behind it, and for an empty one.</summary>
    public static bool TryParse(string text, out ModelName name)
    {
        int at = text.IndexOf('@', StringComparison.Ordinal);
        string id = at >= 0 ? text[(at + 1)..] : text;
        bool isId = id.Length == IdDigits && id.All(char.IsAsciiHexDigit);
        name = new ModelName(at >= 0 ? text[..at] : isId ? "" : text, isId ? Convert.FromHexString(id) : default);
        return text.Length > 0 && at != 0 && (at < 0 || isId);
    }
}
