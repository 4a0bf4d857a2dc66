using System.Collections.Immutable;
using CocoonP2P.Capacity;
using CocoonP2P.Libp2p;

namespace CocoonP2P.Jobs;

/// <summary>One choice of an order, on its way from worker to worker.</summary>
internal sealed record AnswerState
{
    /// <summary>When it must be whole.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>Attempts that run: one, and a second where a hedge was started.</summary>
    public ImmutableArray<Attempt> Live { get; init; } = [];

    /// <summary>Whom it was tried with in vain, in order.</summary>
    public ImmutableArray<TriedWorker> Tried { get; init; } = [];

    /// <summary>Workers that are not asked again.</summary>
    public ImmutableHashSet<PeerId> Excluded { get; init; } = [];

    /// <summary>The attempt whose tokens the user gets; null while none has delivered.</summary>
    public int? Leader { get; init; }

    /// <summary>Tokens that the user has.</summary>
    public int Delivered { get; init; }

    /// <summary>Whether the market was asked and has not answered yet.</summary>
    public bool Placing { get; init; }

    /// <summary>Whether a second worker was asked for already.</summary>
    public bool Hedged { get; init; }

    /// <summary>Number of the last attempt, from 1.</summary>
    public int Attempts { get; init; }

    /// <summary>Whether it finished or failed: nothing more happens.</summary>
    public bool Over { get; init; }

    /// <summary>When the machine wants to be asked again, whatever else happens.</summary>
    public DateTimeOffset NextLook => Live.Select(attempt => attempt.NextLook(mayHedge: !Hedged && Leader is null)).Append(Deadline).Min();
}

/// <summary>A worker that did not bring it.</summary>
internal sealed record TriedWorker(PeerId Worker, AttemptFailure Failure);

/// <summary>How far an attempt is.</summary>
internal enum AttemptPhase
{
    /// <summary>Session, quote, channel, lock.</summary>
    Opening,

    /// <summary>The request is out.</summary>
    Waiting,

    /// <summary>Tokens have come.</summary>
    Streaming,
}

/// <summary>The job at one worker.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Choice">At which.</param>
/// <param name="StallBound">How long its stream may be silent.</param>
/// <param name="HedgeAfter">When a second one should be asked; null for never.</param>
/// <param name="Phase">How far it is.</param>
/// <param name="Since">Of the phase; while it streams, of the last token.</param>
internal sealed record Attempt(
    int Number, Choice Choice, TimeSpan StallBound, TimeSpan? HedgeAfter, AttemptPhase Phase, DateTimeOffset Since)
{
    /// <summary>A session takes 30 s at most and a channel 60; each step has its own bound inside.</summary>
    private static readonly TimeSpan LongestOpening = TimeSpan.FromSeconds(100);

    /// <summary>A long prompt on a slow worker; what its own pace says is only known of the tokens behind the first.</summary>
    private static readonly TimeSpan LongestPrompt = TimeSpan.FromSeconds(30);

    public PeerId Worker => PeerId.TryFromBytes(Choice.Candidate.Offer.Worker.Span, out PeerId worker) ? worker : default;

    /// <summary>After this it counts as dead.</summary>
    public DateTimeOffset DeadAt => Since + Phase switch
    {
        AttemptPhase.Opening => LongestOpening,
        AttemptPhase.Waiting => LongestPrompt,
        _ => StallBound,
    };

    /// <summary>After this a second worker should be asked.</summary>
    public DateTimeOffset? HedgeAt => Phase == AttemptPhase.Waiting ? Since + HedgeAfter : null;

    public DateTimeOffset NextLook(bool mayHedge) => mayHedge && HedgeAt is { } hedge && hedge < DeadAt ? hedge : DeadAt;
}
