using System.Globalization;
using CocoonP2P.Capacity;
using CocoonP2P.Payments;
using CocoonP2P.Peers;
using CocoonP2P.Protocol;
using CocoonP2P.Sessions;

namespace CocoonP2P.Jobs;

/// <summary>What each trouble of an attempt means: for the user, for the market, for who may try next.</summary>
internal static class AttemptTrouble
{
    private const string AskAgain = "ask again for another worker";

    /// <summary>The worker's session could not be opened, or its evidence was refused.</summary>
    public static CocoonException Explain(Exception e) => e switch
    {
        SessionException { Verdict: Verdict verdict } refused => new AttestationRefusedException(
            $"the worker's evidence was refused: {refused.Fault.Detail}",
            "the policy decides: attestation.policy in node.toml, or the network's measurements", verdict),
        SessionException { Fault.Error: SessionError.TeeKindNotAccepted or SessionError.NonceMismatch or SessionError.BindingMismatch } refused =>
            new AttestationRefusedException($"the worker's evidence was refused: {refused.Fault.Error}", "another worker may do better", verdict: null),
        _ => new NoWorkerException(ErrorCode.NoWorker, $"the worker did not answer: {e.Message}", "try again; its offer was dropped", []),
    };

    public static AttemptFailure NoSession(Exception e)
    {
        CocoonException told = Explain(e);
        return new AttemptFailure(
            NextTry.Elsewhere, told.Code == ErrorCode.AttestationRefused ? FailureKind.EvidenceRefused : FailureKind.Unreachable, told);
    }

    public static bool IsNoSession(Exception e) => e is SessionException or PeerUnreachableException or IOException;

    /// <summary>The worker, or this node's own purse, stands against the lock.</summary>
    public static AttemptFailure NotLocked(PaymentException e, NanoTon cap, ChannelState channel, ClientSettings settings) => e.Code is PaymentCode.Deposit
        ? new AttemptFailure(NextTry.Elsewhere, null, Funds.Short(
            $"the job's price could not be locked: {e.Code}", "the channel's deposit is used up: raise payment.deposit, or close the channel", cap,
            channel.Deposit.MinusOrZero(channel.Ledger.Body.Cumulative + channel.Ledger.Locked), settings))
        : new AttemptFailure(NextTry.Elsewhere, e.Code is PaymentCode.NoAck ? FailureKind.Stalled : FailureKind.Refused, new CocoonException(
            ErrorCode.NoWorker, $"the job's price could not be locked: {e.Code}", "another worker may take it"));

    /// <summary>This node's own trouble with money or chain. Another worker's channel may be open and funded; the chain is the same for all.</summary>
    public static AttemptFailure Own(CocoonException e) =>
        new(e.Code is ErrorCode.InsufficientFunds ? NextTry.Elsewhere : NextTry.Nowhere, null, e);

    public static AttemptFailure TooDear(NanoTon cap, NanoTon left) => new(NextTry.Elsewhere, null, new CocoonException(
        ErrorCode.NoWorker, $"the job may cost {cap.Value} nanoton, above the {left.Value} that are left of what is allowed",
        "raise Cocoon-Max-Cost or payment.max_per_job, or ask for fewer tokens"));

    public static AttemptFailure Slow(string what) => new(
        NextTry.Elsewhere, FailureKind.Stalled, new CocoonException(ErrorCode.WorkerLost, $"the worker did not {what}", "try again; nothing was paid"));

    public static AttemptFailure Lost(int tokens) => new(NextTry.Elsewhere, FailureKind.Lost, new CocoonException(
        ErrorCode.WorkerLost, $"the worker was lost after {tokens} tokens", "what arrived is paid, and no more; " + AskAgain));

    /// <summary>A verdict ages in mid-stream: no fault of the worker's, who may show new evidence at once.</summary>
    public static AttemptFailure Expired() => new(NextTry.Anywhere, null, new CocoonException(
        ErrorCode.WorkerLost, "the worker's evidence expired in the middle of the answer", AskAgain));

    public static AttemptFailure Garbage(string what) => new(NextTry.Elsewhere, FailureKind.Garbage, new CocoonException(
        ErrorCode.WorkerLost, $"the worker sent {what}", AskAgain));

    public static AttemptFailure Refused(JobRefused refused) => refused.Code switch
    {
        JobRefusalCode.Busy => new AttemptFailure(NextTry.Anywhere, FailureKind.Busy, new CocoonException(
            ErrorCode.Busy, "the worker has no free slot", $"retry in {Seconds(refused.RetryAfter)} s") { RetryAfter = refused.RetryAfter }),
        JobRefusalCode.TooLarge => new AttemptFailure(NextTry.Elsewhere, FailureKind.Refused, new CocoonException(
            ErrorCode.TooLarge, "the worker finds the prompt too long", "send a shorter prompt")),
        JobRefusalCode.Unfunded => new AttemptFailure(NextTry.Anywhere, FailureKind.Refused, new CocoonException(
            ErrorCode.WorkerLost, "the worker extends no more credit on this channel", "ask again: another channel is opened")),
        _ => new AttemptFailure(NextTry.Elsewhere, FailureKind.Refused, new CocoonException(
            ErrorCode.WorkerLost, $"the worker stopped the job: {refused.Code}", AskAgain)),
    };

    private static string Seconds(TimeSpan time) => Math.Ceiling(time.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
