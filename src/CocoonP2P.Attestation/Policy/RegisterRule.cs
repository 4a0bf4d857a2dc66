namespace CocoonP2P.Attestation;

/// <summary>What a run-time register must be: one value, or the outcome of events that are all on a list.</summary>
internal sealed class RegisterRule
{
    public RegisterRule(byte[] exact) => Exact = exact;

    public RegisterRule(IReadOnlyList<string> events) => Events = events;

    /// <summary>48 bytes, or null.</summary>
    public byte[]? Exact { get; }

    /// <summary>SHA-384 digests in lower-case hexadecimal; the log may hold these and no others.</summary>
    public IReadOnlyList<string>? Events { get; }
}
