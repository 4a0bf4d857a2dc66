using System.Text.Json;

namespace CocoonP2P.Tests.Ton;

/// <summary>Reads tests/vectors/ton, written with @ton/core by tests/contracts/vectors.mjs.</summary>
internal static class Vectors
{
    public static IEnumerable<JsonElement> Read(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Repository.File($"tests/vectors/ton/{name}.json")));
        return [.. document.RootElement.Clone().EnumerateArray()];
    }

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static string? MaybeText(this JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
