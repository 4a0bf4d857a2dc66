namespace CocoonP2P;

/// <summary>No worker took the order: none offers the model, or each was left for a reason.</summary>
/// <param name="code"><see cref="ErrorCode.NoWorker"/>, or <see cref="ErrorCode.UnknownModel"/> where the name means nothing here.</param>
/// <param name="message">What happened, for a person.</param>
/// <param name="hint">What a person can do about it.</param>
/// <param name="offers">Every offer that was looked at.</param>
public sealed class NoWorkerException(ErrorCode code, string message, string hint, IReadOnlyList<RefusedOffer> offers)
    : CocoonException(code, message, hint)
{
    /// <summary>Every offer that was looked at, with what stood against it; empty where nobody offers the model.</summary>
    public IReadOnlyList<RefusedOffer> Offers { get; } = offers;
}

/// <summary>A worker's offer, and why it was left.</summary>
/// <param name="Worker">Peer id as text.</param>
/// <param name="Reason">One line, for a person.</param>
public sealed record RefusedOffer(string Worker, string Reason);
