using System.Globalization;
using System.Text.Json;
using CocoonP2P.Jobs;
using CocoonP2P.Protocol;
using CocoonP2P.Sessions;

namespace CocoonP2P.Node.Http.Responses;

/// <summary>The cocoon object: who gave an answer, under which verdicts, at what cost, and whether it was resumed.</summary>
internal sealed class Provenance
{
    private readonly List<Part> _parts = [];

    /// <summary>Where a worker was lost and another went on.</summary>
    public bool Resumed => _parts.Exists(part => part.Exact is not null);

    public void Add(AnswerPart.Accepted accepted) => _parts.Add(new Part(accepted.Choice, accepted.Job, accepted.Worker, accepted.Verdict, null));

    public void Add(AnswerPart.Resumed resumed) => _parts.Add(new Part(resumed.Choice, resumed.Job, resumed.Worker, resumed.Verdict, resumed.Exact));

    /// <summary>Into an object that has begun.</summary>
    public void Write(Utf8JsonWriter w, NanoTon cost)
    {
        w.WriteStartObject("cocoon");
        w.WriteString("cost_nanoton", cost.Value.ToString(CultureInfo.InvariantCulture));
        w.WriteBoolean("resumed", Resumed);
        w.WriteStartArray("jobs");
        foreach (Part part in _parts)
        {
            w.WriteStartObject();
            w.WriteNumber("choice", part.Choice);
            w.WriteString("job", part.Job);
            w.WriteString("worker", part.Worker);
            if (part.Exact is bool exact)
            {
                w.WriteBoolean("resumed", true);
                w.WriteBoolean("exact", exact);
            }

            WriteVerdict(w, part.Verdict);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteEndObject();
    }

    private static void WriteVerdict(Utf8JsonWriter w, Verdict verdict)
    {
        w.WriteStartObject("verdict");
        w.WriteBoolean("accepted", verdict.Accepted);
        w.WriteString("tee", verdict.Tee);
        w.WriteBoolean("simulated", verdict.Simulated);
        w.WriteString("tcb_status", verdict.TcbStatus);
        w.WriteString("valid_until", verdict.ValidUntil.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        w.WriteString("measurement", Convert.ToHexStringLower(verdict.Measurement.Span));
        w.WriteEndObject();
    }

    private sealed record Part(int Choice, string Job, string Worker, Verdict Verdict, bool? Exact);
}
