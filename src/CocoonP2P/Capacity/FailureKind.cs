namespace CocoonP2P.Capacity;

/// <summary>How a worker failed a job. Its own client's troubles (money, chain, a user who went away) are none of these.</summary>
internal enum FailureKind
{
    /// <summary>It would not run the job, for a reason that is not its load.</summary>
    Refused,

    /// <summary>No free slot.</summary>
    Busy,

    /// <summary>Silent for longer than its own pace explains.</summary>
    Stalled,

    /// <summary>It sent what does not follow.</summary>
    Garbage,

    /// <summary>It counted more tokens than it delivered.</summary>
    OverCounted,

    /// <summary>The session ended under the job.</summary>
    Lost,

    /// <summary>The policy refused its evidence.</summary>
    EvidenceRefused,

    /// <summary>It does not answer.</summary>
    Unreachable,
}
