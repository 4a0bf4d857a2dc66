namespace CocoonP2P.Attestation;

/// <summary>
/// The machine's clock above a floor: the later of the build's time and the newest collateral ever accepted. In a trust
/// domain the clock belongs to the host.
/// </summary>
/// <param name="clock">The machine's clock.</param>
/// <param name="floors">Where accepted collateral left its dates.</param>
/// <param name="builtAt">When this program was built; it cannot run earlier.</param>
public sealed class FlooredTime(TimeProvider clock, IMonotonicStore floors, DateTimeOffset builtAt) : ITrustedTime
{
    internal const string FloorName = "clock";

    /// <inheritdoc/>
    public bool TryGetNow(out DateTimeOffset now, out Reason reason)
    {
        now = clock.GetUtcNow();
        DateTimeOffset stored = floors.Floor(FloorName);
        DateTimeOffset floor = stored > builtAt ? stored : builtAt;
        bool trusted = now >= floor;
        reason = trusted ? default : new Reason(ReasonCode.ClockRollback, $"the clock says {now:u}, and {floor:u} has passed");
        return trusted;
    }
}
