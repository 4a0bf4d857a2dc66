namespace CocoonP2P.Protocol;

/// <summary>Every bound that a peer can make this node hit, in one place, each with the sum that set it.</summary>
internal static class Limits
{
    /// <summary>Offer in an array in an envelope, doubled: our deepest message is 4 deep.</summary>
    public const int WireDepth = 8;
}
