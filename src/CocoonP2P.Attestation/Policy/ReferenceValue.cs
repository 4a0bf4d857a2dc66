namespace CocoonP2P.Attestation;

/// <summary>An approved image: it matches as a whole or not at all.</summary>
public sealed class ReferenceValue
{
    internal const int HashSize = 48;

    /// <summary>Exact measurements, each 48 bytes.</summary>
    /// <param name="name">For a person: what the image is.</param>
    /// <param name="mrTd">The initial image.</param>
    /// <param name="rtmrs">Four registers.</param>
    /// <exception cref="ArgumentException">A measurement of another length, or not four registers.</exception>
    public ReferenceValue(string name, ReadOnlySpan<byte> mrTd, IReadOnlyList<byte[]> rtmrs)
        : this(
            name,
            mrTd.ToArray(),
            [.. rtmrs.Select(value => new RegisterRule(value))],
            new byte[HashSize],
            new byte[HashSize],
            new byte[HashSize])
    {
        if (mrTd.Length != HashSize || rtmrs.Count != 4 || rtmrs.Any(one => one.Length != HashSize))
        {
            throw new ArgumentException("MRTD and four RTMRs of 48 bytes each.", nameof(mrTd));
        }
    }

    internal ReferenceValue(
        string name, byte[] mrTd, IReadOnlyList<RegisterRule> registers, byte[] mrConfigId, byte[] mrOwner, byte[] mrOwnerConfig)
    {
        Name = name;
        MrTd = mrTd;
        Registers = registers;
        MrConfigId = mrConfigId;
        MrOwner = mrOwner;
        MrOwnerConfig = mrOwnerConfig;
    }

    /// <summary>What the image is.</summary>
    public string Name { get; }

    internal byte[] MrTd { get; }

    /// <summary>Four.</summary>
    internal IReadOnlyList<RegisterRule> Registers { get; }

    internal byte[] MrConfigId { get; }

    internal byte[] MrOwner { get; }

    internal byte[] MrOwnerConfig { get; }

    /// <summary>True if a register is judged by its events, so that the log must be there.</summary>
    internal bool NeedsLog => Registers.Any(register => register.Exact is null);

    /// <summary>All but the registers that are judged by the event log.</summary>
    internal bool Matches(TdReportBody body) =>
        body.MrTd.SequenceEqual(MrTd)
        && body.MrConfigId.SequenceEqual(MrConfigId)
        && body.MrOwner.SequenceEqual(MrOwner)
        && body.MrOwnerConfig.SequenceEqual(MrOwnerConfig)
        && Matches(body, 0) && Matches(body, 1) && Matches(body, 2) && Matches(body, 3);

    private bool Matches(TdReportBody body, int index) =>
        Registers[index].Exact is not { } exact || body.Rtmr(index).SequenceEqual(exact);
}
