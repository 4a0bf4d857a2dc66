namespace CocoonP2P.Libp2p;

/// <summary>No address of a peer could be connected.</summary>
public sealed class DialException(IReadOnlyList<(Multiaddress Address, Exception Error)> outcomes)
    : Libp2pException("dial-failed", Consequence.RetryLater, Describe(outcomes), outcomes.Count > 0 ? outcomes[^1].Error : null)
{
    /// <summary>What happened at each address tried.</summary>
    public IReadOnlyList<(Multiaddress Address, Exception Error)> Outcomes => outcomes;

    private static string Describe(IReadOnlyList<(Multiaddress Address, Exception Error)> outcomes) =>
        outcomes.Count == 0 ? "no address is known" : string.Join("; ", outcomes.Select(o => $"{o.Address}: {o.Error.Message}"));
}
