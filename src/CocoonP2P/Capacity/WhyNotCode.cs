namespace CocoonP2P.Capacity;

/// <summary>Why a worker is not the one that gets a job, in the order in which the market asks. Stable.</summary>
internal enum WhyNotCode
{
    /// <summary>No offer of it is known.</summary>
    NoOffer,

    /// <summary>It offers other models.</summary>
    WrongModel,

    /// <summary>The policy does not accept its kind of evidence.</summary>
    EvidenceKind,

    /// <summary>The prompt does not fit its context.</summary>
    ContextTooSmall,

    /// <summary>The job could cost more there than is allowed.</summary>
    TooDear,

    /// <summary>The job would lock more than a worker with its receipts is trusted with.</summary>
    Exposure,

    /// <summary>It failed lately and is left alone for a while.</summary>
    Backoff,

    /// <summary>Nothing is free there.</summary>
    NoFreeSlot,

    /// <summary>Too few jobs ended well there: it gets a part of the trials.</summary>
    NoHistory,

    /// <summary>Too many jobs failed there lately: it gets a part of the trials.</summary>
    LowSuccess,

    /// <summary>It would not be done in time.</summary>
    TooSlow,

    /// <summary>Others do it for less.</summary>
    Dearer,

    /// <summary>Others of its price are faster.</summary>
    Slower,

    /// <summary>Nothing speaks against it.</summary>
    Chosen,
}
