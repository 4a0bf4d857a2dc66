using System.Globalization;
using System.Text.Json;

namespace CocoonP2P.Ton.LocalChain.Facade;

/// <summary>The parameters of a call, from the query or from a JSON object: the API takes numbers and strings alike.</summary>
internal sealed class FacadeParameters(Func<string, string?> texts, JsonElement? json)
{
    public static FacadeParameters Of(IReadOnlyDictionary<string, string> query) => new(query.GetValueOrDefault, null);

    public static FacadeParameters Of(JsonElement json) => json.ValueKind == JsonValueKind.Object
        ? new FacadeParameters(name => json.TryGetProperty(name, out JsonElement value) ? TextOf(value) : null, json)
        : throw FacadeException.Unprocessable("the body is not a JSON object");

    public string Text(string name) => texts(name) ?? throw FacadeException.Unprocessable($"{name} is missing");

    public ulong Number(string name, ulong most) => MaybeNumber(name, most) ?? throw FacadeException.Unprocessable($"{name} is missing");

    public ulong? MaybeNumber(string name, ulong most) => texts(name) is not { } text ? null
        : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) && value <= most ? value
        : throw FacadeException.Unprocessable($"{name} is not a number up to {most}");

    public Address Account(string name) => Address.TryParse(Text(name), out Address address)
        ? address
        : throw FacadeException.Unprocessable($"{name} is not an address");

    /// <summary>An array, which only JSON can carry.</summary>
    public JsonElement? Array(string name) =>
        json is { } body && body.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array ? value : null;

    /// <summary>A hash in base64, its URL form, or hex; null when absent.</summary>
    public Bits256? MaybeHash(string name)
    {
        if (texts(name) is not { } text)
        {
            return null;
        }

        if (Bits256.TryParse(text, out Bits256 hash))
        {
            return hash;
        }

        Span<byte> bytes = stackalloc byte[Bits256.Size];
        string standard = text.Replace('-', '+').Replace('_', '/');
        return Convert.TryFromBase64String(standard, bytes, out int length) && length == Bits256.Size
            ? new Bits256(bytes)
            : throw FacadeException.Unprocessable($"{name} is not a hash");
    }

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };
}
