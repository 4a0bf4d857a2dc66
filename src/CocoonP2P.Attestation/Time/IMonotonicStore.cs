namespace CocoonP2P.Attestation;

/// <summary>
/// Remembers the newest moment seen under a name. In production it survives restarts, or a host could serve old
/// collateral again after one. Safe for concurrent use.
/// </summary>
public interface IMonotonicStore
{
    /// <summary>The newest moment raised under this name; <see cref="DateTimeOffset.MinValue"/> if none was.</summary>
    DateTimeOffset Floor(string name);

    /// <summary>Raises the floor; a moment below it changes nothing.</summary>
    void Raise(string name, DateTimeOffset moment);
}
