using System.Text.Json;
using CocoonP2P.Inference;

namespace CocoonP2P.Text.Templates;

/// <summary>JSON as a template sees it: what comes from outside stays marked as such.</summary>
internal static class JsonValues
{
    /// <exception cref="InferenceException">TemplateError: not JSON, or too deep.</exception>
    public static Value Parse(string json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = TemplateLimits.Depth });
            return Of(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Failure.At("a tool's schema or arguments are not JSON");
        }
    }

    private static Value Of(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                Dictionary<string, Value> members = [];
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    members[member.Name] = Of(member.Value);
                }

                return new MapValue(members);
            case JsonValueKind.Array:
                return new ListValue([.. element.EnumerateArray().Select(Of)]);
            case JsonValueKind.String:
                return new TextValue(MarkedText.FromData(element.GetString()!));
            case JsonValueKind.Number:
                return element.TryGetInt64(out long whole) ? new NumberValue(whole) : new DecimalValue(element.GetRawText());
            case JsonValueKind.True or JsonValueKind.False:
                return new BooleanValue(element.GetBoolean());
            default:
                return NoneValue.Instance;
        }
    }
}

/// <summary>A number of JSON that is not a whole one of 64 bits: it can be written, and nothing else.</summary>
internal sealed record DecimalValue(string Digits) : Value
{
    public override string Kind => "decimal number";

    public override MarkedText ToText() => MarkedText.FromData(Digits);
}
