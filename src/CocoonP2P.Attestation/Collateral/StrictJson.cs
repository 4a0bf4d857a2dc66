using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;

namespace CocoonP2P.Attestation;

/// <summary>
/// JSON that two readers cannot understand differently: UTF-8 without a byte order mark, no repeated names, no comments,
/// nothing after the value, whole numbers only, at most 16 levels deep.
/// </summary>
internal static class StrictJson
{
    private const int MaxDepth = 16;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    public static bool TryParse(ReadOnlyMemory<byte> utf8, [NotNullWhen(true)] out JsonDocument? document)
    {
        document = null;
        if (!Utf8.IsValid(utf8.Span))
        {
            return false;
        }

        try
        {
            if (HasOnlyWholeNumbers(utf8.Span))
            {
                document = JsonDocument.Parse(utf8, Options);
            }
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // The framework's reader answers malformed text, and lone surrogates in names, in no other way.
            return false;
        }

        return document?.RootElement.ValueKind == JsonValueKind.Object;
    }

    private static bool HasOnlyWholeNumbers(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Number && reader.ValueSpan.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            {
                return false;
            }
        }

        return true;
    }
}
