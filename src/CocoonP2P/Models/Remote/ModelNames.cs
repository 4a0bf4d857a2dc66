using CocoonP2P.Capacity;

namespace CocoonP2P.Models;

/// <summary>
/// Whom to believe about what a name means. A name alone is nothing: whoever may say which id it stands for chooses the
/// software that answers. docs/THREAT_MODEL.md, "What a model's name means".
/// </summary>
/// <param name="pinned">"NAME@ID", by this node's owner.</param>
/// <param name="manifest">Names and hex of ids, by the network's manifest.</param>
/// <param name="fromOffers">Whether the manifest lets offers explain a name that nobody else does.</param>
internal sealed class ModelNames(IReadOnlyList<string> pinned, IReadOnlyDictionary<string, string> manifest, bool fromOffers)
{
    public bool AsksOffers => fromOffers;

    /// <summary>What the owner says; empty where nothing is said.</summary>
    public ReadOnlyMemory<byte> Pinned(ModelName asked) => !asked.Id.IsEmpty ? asked.Id : pinned
        .Select(pin => ModelName.TryParse(pin, out ModelName name) ? name : default)
        .FirstOrDefault(name => name.Name == asked.Name).Id;

    /// <summary>What the manifest says; empty where nothing is said.</summary>
    public ReadOnlyMemory<byte> Named(string name) => manifest.TryGetValue(name, out string? id) ? Convert.FromHexString(id) : default;

    /// <summary>The ids that offers give this name: one if they agree.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Offered(string name, IEnumerable<CapacityOffer> offers) =>
        [.. offers.SelectMany(o => o.Models).Where(m => m.Name == name).Select(m => m.Id).DistinctBy(id => Convert.ToHexString(id.Span))];
}
