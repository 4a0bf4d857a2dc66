namespace CocoonP2P.Sessions;

/// <summary>What this node concluded about a peer's evidence, under its own policy.</summary>
public sealed record Verdict
{
    /// <summary>Whether every rule of the policy was met.</summary>
    public required bool Accepted { get; init; }

    /// <summary>True where a stand-in made the evidence. Never true on a production network, and shown wherever the verdict is.</summary>
    public required bool Simulated { get; init; }

    /// <summary>"tdx" or "simulated".</summary>
    public string Tee => Simulated ? "simulated" : "tdx";

    /// <summary>The platform's TCB status after appraisal, such as "UpToDate".</summary>
    public required string TcbStatus { get; init; }

    /// <summary>Codes of every rule that was not met; empty for an accepted peer.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>The verdict counts for nothing after this.</summary>
    public required DateTimeOffset ValidUntil { get; init; }

    /// <summary>SHA-256 over MRTD and RTMR0 to 3, 32 bytes: the software that ran.</summary>
    public required ReadOnlyMemory<byte> Measurement { get; init; }

    /// <summary>SHA-256 of the platform's PPID, 32 bytes: the machine that it ran on.</summary>
    public required ReadOnlyMemory<byte> Platform { get; init; }

    /// <summary>One line, as the Cocoon-Attestation header and the status print it.</summary>
    public override string ToString() =>
        $"{Tee}; tcb={TcbStatus}; until={ValidUntil.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}"
        + (Accepted ? "" : "; refused=" + string.Join(',', Reasons));
}
