using System.Net;
using System.Text.Json;

namespace CocoonP2P.Ton;

/// <summary>Takes an answer's envelope apart: <c>{"ok":true,"result":…}</c> or <c>{"ok":false,"error":"…","code":…}</c>.</summary>
internal static class TonCenterAnswer
{
    private const int LongestDetail = 200;

    /// <summary>The result, or the exception that says whether to try again.</summary>
    public static JsonElement Result(HttpStatusCode status, byte[] answer)
    {
        if (status == HttpStatusCode.TooManyRequests)
        {
            throw new TonException("rate-limited", isTransient: true, "the endpoint asks for fewer requests");
        }

        JsonElement envelope = Parse(status, answer);
        if (envelope.ValueKind != JsonValueKind.Object)
        {
            throw Malformed();
        }

        if (envelope.TryGetProperty("ok", out JsonElement ok) && ok.ValueKind == JsonValueKind.True
            && envelope.TryGetProperty("result", out JsonElement result))
        {
            return result;
        }

        throw Refusal(status, envelope);
    }

    public static TonException Malformed() => new("answer-malformed", isTransient: true, "not an answer of the toncenter v2 API");

    private static JsonElement Parse(HttpStatusCode status, byte[] answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            return document.RootElement.Clone();
        }
        catch (JsonException) when ((int)status >= 500)
        {
            throw new TonException("unavailable", isTransient: true, $"status {(int)status}");
        }
        catch (JsonException)
        {
            throw Malformed();
        }
    }

    /// <summary>The API tells a refused message from a broken node by text alone, both with status 500.</summary>
    private static TonException Refusal(HttpStatusCode status, JsonElement envelope)
    {
        string error = envelope.TryGetProperty("error", out JsonElement text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : "no reason given";
        string detail = error[..Math.Min(error.Length, LongestDetail)];
        if (error.Contains("cannot apply external message", StringComparison.OrdinalIgnoreCase)
            || error.Contains("not accepted", StringComparison.OrdinalIgnoreCase))
        {
            return new TonException("message-refused", isTransient: false, detail);
        }

        bool transient = (int)status >= 500 || error.Contains("LITE_SERVER", StringComparison.Ordinal);
        return new TonException(transient ? "unavailable" : "request-refused", transient, detail);
    }
}
