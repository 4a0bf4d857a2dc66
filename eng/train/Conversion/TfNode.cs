using System.Globalization;
using System.Text.Json;

namespace CocoonP2P.Train.Conversion;

/// <summary>A node of a TensorFlow graph in its JSON form.</summary>
internal sealed class TfNode(JsonElement node)
{
    public string Name { get; } = node.GetProperty("name").GetString()!;

    public string Op { get; } = node.GetProperty("op").GetString()!;

    /// <summary>Names of tensors; edges of control are left out, ":0" is what a name means without it.</summary>
    public string[] Inputs { get; } = node.TryGetProperty("input", out JsonElement inputs)
        ? [.. inputs.EnumerateArray().Select(i => Plain(i.GetString()!)).Where(i => i[0] != '^')]
        : [];

    /// <summary>An attribute that is a number, a flag or a type; 0 where it is missing.</summary>
    public long Number(string name) => Attribute(name) is { } value
        ? value.EnumerateObject().First().Value switch
        {
            { ValueKind: JsonValueKind.True } => 1,
            { ValueKind: JsonValueKind.False } => 0,
            { ValueKind: JsonValueKind.Number } n => n.GetInt64(),
            { ValueKind: JsonValueKind.String } s => long.Parse(s.GetString()!, CultureInfo.InvariantCulture),
            JsonElement other => throw new NotSupportedException($"{Name}: attribute {name} is {other.ValueKind}"),
        }
        : 0;

    /// <summary>An attribute that is a list of integers.</summary>
    public long[] Numbers(string name) =>
        [.. Attribute(name)!.Value.GetProperty("list").GetProperty("i").EnumerateArray().Select(i => long.Parse(i.ToString(), CultureInfo.InvariantCulture))];

    private static string Plain(string name) => name.EndsWith(":0", StringComparison.Ordinal) ? name[..^2] : name;

    private JsonElement? Attribute(string name) =>
        node.TryGetProperty("attr", out JsonElement all) && all.TryGetProperty(name, out JsonElement value) ? value : null;
}
