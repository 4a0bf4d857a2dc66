using CocoonP2P.Jobs;
using CocoonP2P.Protocol;
using Microsoft.Extensions.AI;

namespace CocoonP2P.Client;

/// <summary>Reads what a request adds in AdditionalProperties. A value of another kind is refused, never ignored.</summary>
internal static class OrderOptions
{
    /// <exception cref="ArgumentException">Naming the property.</exception>
    public static OrderTerms Read(AdditionalPropertiesDictionary? properties) => properties is null ? OrderTerms.Default : new OrderTerms
    {
        MaxCost = Value<long?>(properties, CocoonProperties.MaxCost) is long cost
            ? new NanoTon(cost >= 0 ? (ulong)cost : throw Bad(CocoonProperties.MaxCost, "a number of nanoton"))
            : null,
        Tenant = Value<string>(properties, CocoonProperties.Tenant) ?? "",
        IdempotencyKey = Value<string>(properties, CocoonProperties.IdempotencyKey) ?? "",
        Timeout = Value<TimeSpan?>(properties, CocoonProperties.Timeout),
    };

    private static T? Value<T>(AdditionalPropertiesDictionary properties, string name) =>
        !properties.TryGetValue(name, out object? value) || value is null ? default
        : value is T typed ? typed
        : throw Bad(name, $"a {(Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T)).Name}");

    private static ArgumentException Bad(string name, string kind) => new($"options.AdditionalProperties[\"{name}\"] is not {kind}.", name);
}
