using System.Globalization;
using System.Text.Json;
using CocoonP2P.Hosting;
using CocoonP2P.Node.Http.Responses;
using CocoonP2P.Telemetry;

namespace CocoonP2P.Node.Http;

/// <summary>What may be looked at: models, jobs, status, steps as they happen.</summary>
internal sealed class ReadEndpoints(INode node, ApiSettings settings)
{
    public Task ModelsAsync(HttpContext context) => ApiServer.WriteAsync(context, OpenAiJson.Write(w =>
    {
        w.WriteString("object", "list");
        w.WriteStartArray("data");
        foreach (OfferedModel model in node.Models())
        {
            w.WriteStartObject();
            WriteModel(w, model);
            w.WriteEndObject();
        }

        w.WriteEndArray();
    }));

    public Task ModelAsync(HttpContext context)
    {
        string id = (string)context.Request.RouteValues["id"]!;
        OfferedModel model = node.Models().FirstOrDefault(m => m.Name == id || m.Id == id)
            ?? throw new CocoonException(ErrorCode.UnknownModel, "nobody offers this model", "GET /v1/models lists what is offered");
        return ApiServer.WriteAsync(context, OpenAiJson.Write(w => WriteModel(w, model)));
    }

    public Task JobAsync(HttpContext context)
    {
        string id = (string)context.Request.RouteValues["id"]!;
        IReadOnlyList<TimelineStep> steps = node.Timeline.Of(id);
        return steps.Count == 0
            ? Refusal.NotFound("no such job", "the Cocoon-Job header names it; the last 256 are kept").WriteAsync(context)
            : ApiServer.WriteAsync(context, OpenAiJson.Write(w =>
            {
                w.WriteString("id", id);
                w.WriteStartArray("steps");
                foreach (TimelineStep step in steps)
                {
                    w.WriteStartObject();
                    WriteStep(w, step);
                    w.WriteEndObject();
                }

                w.WriteEndArray();
            }));
    }

    public Task StatusAsync(HttpContext context)
    {
        NodeStatus status = node.Status();
        return ApiServer.WriteAsync(context, OpenAiJson.Write(w =>
        {
            List(w, "warnings", [.. status.Warnings, .. settings.Warnings]);
            w.WriteString("peer_id", status.PeerId);
            w.WriteString("role", status.Role);
            w.WriteString("network", status.Network);
            w.WriteString("attestation", status.Attestation);
            w.WriteBoolean("simulated", status.Simulated);
            List(w, "addresses", status.Addresses);
            w.WriteNumber("peers", status.Peers);
            w.WriteNumber("offers", status.Offers);
            w.WriteString("wallet", status.Wallet);
            w.WriteBoolean("ready", status.NotReady.Count == 0);
        }));
    }

    public async Task EventsAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        using EventStream events = new(context.Response.BodyWriter);
        events.WriteComment("open");
        await Patience.WaitAsync(context, events.FlushAsync(context.RequestAborted));
        await foreach (TimelineStep step in node.Timeline.WatchAsync(context.RequestAborted))
        {
            events.Write(w => WriteStep(w, step));
            await Patience.WaitAsync(context, events.FlushAsync(context.RequestAborted));
        }
    }

    /// <summary>200 where the node can do its work; else 503 with every reason.</summary>
    public Task ReadyAsync(HttpContext context)
    {
        IReadOnlyList<string> reasons = node.Status().NotReady;
        context.Response.StatusCode = reasons.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return ApiServer.WriteAsync(context, OpenAiJson.Write(w =>
        {
            w.WriteString("status", reasons.Count == 0 ? "ready" : "not ready");
            List(w, "reasons", reasons);
        }));
    }

    public static Task LiveAsync(HttpContext context) => ApiServer.WriteAsync(context, OpenAiJson.Write(w => w.WriteString("status", "live")));

    private static void WriteModel(Utf8JsonWriter w, OfferedModel model)
    {
        w.WriteString("id", model.Name);
        w.WriteString("object", "model");
        w.WriteNumber("created", 0);
        w.WriteString("owned_by", "cocoonp2p");
        w.WriteString("digest", model.Id);
        w.WriteNumber("workers", model.Workers);
        w.WriteNumber("context_length", model.ContextTokens);
        w.WriteString("price_per_million_tokens", model.LowestPrice.ToString(CultureInfo.InvariantCulture));
    }

    private static void WriteStep(Utf8JsonWriter w, TimelineStep step)
    {
        w.WriteString("at", step.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        w.WriteString("step", step.Step);
        w.WriteString("job", step.Job);
        w.WriteStartObject("facts");
        foreach ((string name, string value) in step.Facts)
        {
            w.WriteString(name, value);
        }

        w.WriteEndObject();
    }

    private static void List(Utf8JsonWriter w, string name, IReadOnlyList<string> values)
    {
        w.WriteStartArray(name);
        foreach (string value in values)
        {
            w.WriteStringValue(value);
        }

        w.WriteEndArray();
    }
}
