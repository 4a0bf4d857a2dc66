using System.Globalization;
using System.Text.Json;
using CocoonP2P.Capacity;

namespace CocoonP2P.Node.Http;

/// <summary>Workers and explanations as JSON; amounts as text, times in seconds.</summary>
internal static class PeerJson
{
    public static void Write(Utf8JsonWriter w, PeerView peer)
    {
        w.WriteStartObject();
        w.WriteString("peer_id", peer.Peer);
        w.WriteBoolean("offers", peer.HasOffer);
        w.WriteString("region", peer.Region);
        w.WriteString("tee", peer.TeeKind switch { 0 => "", 0x0001 => "tdx", 0x8001 => "simulated", _ => $"0x{peer.TeeKind:x4}" });
        w.WriteNumber("receipts", peer.Receipts);
        w.WriteString("exposure_nanoton", Number(peer.Exposure.Value));
        Optional(w, "up_to_date", peer.UpToDate, static (w, v) => w.WriteBooleanValue(v));
        Optional(w, "session_seconds", peer.OpeningSeconds, static (w, v) => w.WriteNumberValue(Math.Round(v, 4)));
        Optional(w, "last_used", peer.LastUsed, static (w, v) => w.WriteStringValue(Moment(v)));
        w.WriteStartArray("models");
        foreach (PeerModelView model in peer.Models)
        {
            Write(w, model);
        }

        w.WriteEndArray();
        w.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter w, Explanation explanation)
    {
        w.WriteStartObject();
        w.WriteString("peer_id", explanation.Worker);
        w.WriteString("model", explanation.Model);
        w.WriteNumber("share", Math.Round(explanation.Share, 4));
        w.WriteStartArray("reasons");
        foreach (WhyNot reason in explanation.Reasons)
        {
            w.WriteStartObject();
            w.WriteString("code", Spell(reason.Code.ToString()));
            w.WriteString("text", reason.Text);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteEndObject();
    }

    /// <summary>"NoFreeSlot" as "no-free-slot".</summary>
    public static string Spell(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));

    private static void Write(Utf8JsonWriter w, PeerModelView model)
    {
        w.WriteStartObject();
        w.WriteString("name", model.Name);
        w.WriteString("digest", model.Id);
        Optional(w, "offer", model.Offer, static (w, offer) =>
        {
            w.WriteStartObject();
            w.WriteString("prompt_price_per_million", Number(offer.PromptPrice));
            w.WriteString("completion_price_per_million", Number(offer.CompletionPrice));
            w.WriteNumber("context_length", offer.ContextTokens);
            w.WriteNumber("slots", offer.Slots);
            w.WriteNumber("free_slots", offer.FreeSlots);
            w.WriteNumber("tokens_per_second", offer.TokensPerSecond);
            w.WriteEndObject();
        });
        Optional(w, "measured", model.Record, (w, record) =>
        {
            w.WriteStartObject();
            w.WriteNumber("answers", record.Finished);
            w.WriteNumber("success", Math.Round(model.Success, 4));
            w.WriteNumber("first_token_seconds", Math.Round(record.FirstToken.Value, 4));
            w.WriteNumber("tokens_per_second", record.TokenTime.Value > 0 ? Math.Round(1 / record.TokenTime.Value, 1) : 0);
            w.WriteNumber("running", record.Flights.Count);
            w.WriteEndObject();
        });
        Optional(w, "left_alone_until", model.LeftAloneUntil, static (w, v) => w.WriteStringValue(Moment(v)));
        Optional(w, "last_failure", model.LastFailure, static (w, v) => w.WriteStringValue(Spell(v.ToString())));
        w.WriteEndObject();
    }

    private static void Optional<T>(Utf8JsonWriter w, string name, T? value, Action<Utf8JsonWriter, T> write)
        where T : class
    {
        w.WritePropertyName(name);
        if (value is null)
        {
            w.WriteNullValue();
        }
        else
        {
            write(w, value);
        }
    }

    private static void Optional<T>(Utf8JsonWriter w, string name, T? value, Action<Utf8JsonWriter, T> write)
        where T : struct
    {
        w.WritePropertyName(name);
        if (value is { } known)
        {
            write(w, known);
        }
        else
        {
            w.WriteNullValue();
        }
    }

    private static string Number(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
