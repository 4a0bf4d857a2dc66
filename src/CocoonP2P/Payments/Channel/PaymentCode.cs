namespace CocoonP2P.Payments;

/// <summary>Why a payment message, a lock or a job was refused: stable, listed in docs/protocol/payments.md.</summary>
internal static class PaymentCode
{
    public const string BadAmount = "bad-amount";
    public const string BadChannel = "bad-channel";
    public const string BadRoots = "bad-roots";
    public const string BadSignature = "bad-signature";
    public const string BadTerms = "bad-terms";
    public const string BatchEmpty = "batch-empty";
    public const string BatchFull = "batch-full";
    public const string CapTooHigh = "cap-too-high";
    public const string CapTooLow = "cap-too-low";
    public const string ChainContradiction = "chain-contradiction";
    public const string ChainStale = "chain-stale";
    public const string Closed = "job-closed";
    public const string Closing = "channel-closing";
    public const string CreditSpent = "credit-spent";
    public const string Deposit = "deposit-too-small";
    public const string DropRefused = "drop-refused";
    public const string Equivocation = "equivocation";
    public const string Expiry = "bad-expiry";
    public const string Impossible = "impossible-event";
    public const string JobOutOfOrder = "job-out-of-order";
    public const string NoAck = "no-ack";
    public const string NoSuchJob = "no-such-job";
    public const string NotOpen = "not-open";
    public const string Restored = "restored";
    public const string Silence = "final-pending";
    public const string TooManyLocks = "too-many-locks";
    public const string UnprovenClaim = "unproven-claim";
    public const string UsageMismatch = "usage-mismatch";
    public const string Window = "window-full";
}
