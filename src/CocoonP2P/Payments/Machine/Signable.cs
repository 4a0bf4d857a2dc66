namespace CocoonP2P.Payments;

/// <summary>Something that may be signed once it is in the journal.</summary>
internal abstract record Signable
{
    private Signable()
    {
    }

    /// <summary>A state. One number, one body, for ever.</summary>
    public sealed record State(StateBody Body) : Signable;

    /// <summary>An end.</summary>
    public sealed record Final(FinalBody Body) : Signable;

    /// <summary>A job's receipt. One a job.</summary>
    public sealed record Receipt(ReceiptBody Body) : Signable;
}
