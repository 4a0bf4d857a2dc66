namespace CocoonP2P.Models;

/// <summary>A worker that can be asked for text sides, over its attested session.</summary>
internal interface ITextSource
{
    /// <summary>One piece; null where the worker does not have the file.</summary>
    /// <exception cref="Sessions.SessionException">The session ended, or what came is not what was asked for.</exception>
    Task<TextPart?> TextAsync(TextWanted wanted, CancellationToken cancellationToken);
}
