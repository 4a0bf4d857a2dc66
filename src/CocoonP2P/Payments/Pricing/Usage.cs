namespace CocoonP2P.Payments;

/// <summary>What a job has used so far, in the units it is billed in. Counts only grow while a job runs, but for
/// <paramref name="Cached"/>, which is known late and can only lower the price.</summary>
/// <param name="Prompt">Tokens of the prompt.</param>
/// <param name="Cached">Those of them that the worker had computed before; at most <paramref name="Prompt"/>.</param>
/// <param name="Completion">Tokens generated, reasoning included.</param>
/// <param name="Reasoning">Those of them that are reasoning; at most <paramref name="Completion"/>.</param>
/// <param name="BytesIn">Bytes of input of a tensor job, else 0.</param>
/// <param name="BytesOut">Bytes of output of a tensor job, else 0.</param>
/// <param name="Operations">Operations of a tensor job as its manifest declares them, else 0.</param>
internal sealed record Usage(
    uint Prompt = 0,
    uint Cached = 0,
    uint Completion = 0,
    uint Reasoning = 0,
    ulong BytesIn = 0,
    ulong BytesOut = 0,
    ulong Operations = 0)
{
    /// <summary>Nothing delivered, so nothing owed.</summary>
    public static readonly Usage None = new();

    /// <summary>Whether each part is at most its whole.</summary>
    public bool IsConsistent => Cached <= Prompt && Reasoning <= Completion;
}
