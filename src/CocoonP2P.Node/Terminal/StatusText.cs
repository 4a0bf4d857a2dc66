using System.Text.Json;

namespace CocoonP2P.Node.Terminal;

/// <summary>A node's status in words: warnings before all else, since nothing may be silent.</summary>
internal static class StatusText
{
    public static string Line(JsonElement status) =>
        status.GetProperty("ready").GetBoolean()
            ? $"ready: {status.GetProperty("role")} on {status.GetProperty("network")}, {status.GetProperty("peers")} peers"
            : $"not ready: {string.Join("; ", Texts(status, "warnings"))}";

    public static IEnumerable<string> Table(JsonElement status)
    {
        foreach (string warning in Texts(status, "warnings"))
        {
            yield return $"! {warning}";
        }

        yield return $"{"state",-12} {(status.GetProperty("ready").GetBoolean() ? "ready" : "not ready")}";
        foreach (string name in (string[])["role", "network", "attestation", "peer_id", "addresses", "peers", "offers", "wallet"])
        {
            JsonElement value = status.GetProperty(name);
            yield return $"{name.Replace('_', ' '),-12} {(value.ValueKind == JsonValueKind.Array ? string.Join(", ", Texts(status, name)) : value.ToString())}".TrimEnd();
        }
    }

    private static IEnumerable<string> Texts(JsonElement status, string name) => status.GetProperty(name).EnumerateArray().Select(e => e.GetString()!);
}
