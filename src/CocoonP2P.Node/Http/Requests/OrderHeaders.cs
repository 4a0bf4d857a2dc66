using CocoonP2P.Configuration;
using CocoonP2P.Jobs;
using CocoonP2P.Node.Configuration;

namespace CocoonP2P.Node.Http.Requests;

/// <summary>What headers say about an order: Cocoon-Max-Cost, Cocoon-Timeout, Idempotency-Key.</summary>
internal static class OrderHeaders
{
    private const int MostKey = 255;

    public static OrderTerms Read(IHeaderDictionary headers, string tenant) => new()
    {
        MaxCost = One(headers, "Cocoon-Max-Cost") is string cost
            ? Money.TryParse(cost) ?? throw new BadFieldException("Cocoon-Max-Cost", "write an amount such as \"0.01 TON\"")
            : null,
        Timeout = One(headers, "Cocoon-Timeout") is string time ? Timeout(time) : null,
        IdempotencyKey = One(headers, "Idempotency-Key") is string key ? Key(key) : "",
        Tenant = tenant,
    };

    private static TimeSpan Timeout(string text) =>
        new ConfigValue.Text(text).AsDuration() is TimeSpan time && time > TimeSpan.Zero
            ? time
            : throw new BadFieldException("Cocoon-Timeout", "write a time with its unit, such as \"30s\"");

    private static string Key(string text) =>
        text.Length is > 0 and <= MostKey && text.All(c => c is > ' ' and <= '~')
            ? text
            : throw new BadFieldException("Idempotency-Key", $"send 1 to {MostKey} visible ASCII characters");

    private static string? One(IHeaderDictionary headers, string name) => headers[name] switch
    {
        [] => null,
        [string value] => value,
        _ => throw new BadFieldException(name, "send it once"),
    };
}
