namespace CocoonP2P.Storage;

/// <summary>The journal cannot be opened or written. Nothing may be signed without it.</summary>
internal sealed class JournalException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The file's schema is of a later version of this program.</summary>
    public const string NewerSchema = "journal-newer";

    /// <summary>A record with this number exists and says something else.</summary>
    public const string Conflict = "journal-conflict";

    /// <summary>The file is damaged, or the disk refuses.</summary>
    public const string Broken = "journal-broken";

    /// <summary>One of the above; stable.</summary>
    public string Code { get; } = code;
}
