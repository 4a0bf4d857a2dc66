namespace CocoonP2P.Attestation;

/// <summary>A clock that answers only while it is not behind what was already seen to be signed.</summary>
public interface ITrustedTime
{
    /// <summary>The time, or <see cref="ReasonCode.ClockRollback"/>.</summary>
    bool TryGetNow(out DateTimeOffset now, out Reason reason);
}
