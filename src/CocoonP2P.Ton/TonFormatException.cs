namespace CocoonP2P.Ton;

/// <summary>Bytes, text or cells that are not what they claim to be. The parsers inside use the <c>Try…</c> forms and
/// never throw; this is what the outer door throws for callers that asked for a value or nothing.</summary>
public sealed class TonFormatException : FormatException
{
    internal TonFormatException(string code)
        : base($"Not well formed: {code}.") => Code = code;

    /// <summary>Stable and in kebab case, one of the list in docs/protocol/ton.md; tests assert on it.</summary>
    public string Code { get; }
}
