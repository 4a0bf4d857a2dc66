using CocoonP2P.Models;

namespace CocoonP2P.Options;

/// <summary>[models] of node.toml.</summary>
internal sealed record ModelsOptions
{
    /// <summary>Which model a name means on this node, as "NAME@ID" with the id's 64 hex digits.</summary>
    /// <value>[]: what the node's store and the network's manifest say.</value>
    public IReadOnlyList<string> Pinned { get; init; } = [];

    internal IEnumerable<OptionProblem> Problems() => Pinned
        .Where(pin => !ModelName.TryParse(pin, out ModelName name) || name.Id.IsEmpty || name.Name.Length == 0)
        .Select(pin => new OptionProblem("models.pinned", $"\"{pin}\" names no model", "write \"NAME@ID\" with 64 hex digits: cocoon models list prints it"));
}
