using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CocoonP2P.Node.Demo;

namespace CocoonP2P.EndToEnd;

/// <summary>One attempt's bill, as the client's time line has it.</summary>
internal sealed record BilledJob(long Prompt, long Tokens);

/// <summary>A streamed answer whose worker was killed on the way, and what came of it.</summary>
internal sealed class FailoverRun
{
    private readonly StringBuilder _text = new();
    private long _lastPiece;

    /// <summary>Pieces that had come when the worker was killed; −1 for an answer that nobody disturbed.</summary>
    public int KilledAt { get; private set; } = -1;

    public string Text => _text.ToString();

    /// <summary>The longest time without a piece, from the kill on.</summary>
    public TimeSpan Pause { get; private set; }

    public long CompletionTokens { get; private set; }

    /// <summary>Null where the answer was whole.</summary>
    public string? Error { get; private set; }

    public List<BilledJob> Jobs { get; } = [];

    /// <summary>Asks, and kills the worker that serves at this piece; at piece 0 any worker, as soon as the request is out.</summary>
    public static async Task<FailoverRun> AskAsync(TestNetwork network, JsonObject chat, int killAt, Random random)
    {
        FailoverRun run = new();
        DemoNode? dead = null;
        Task<HttpResponseMessage> asking = network.Api.PostAsync(chat);
        run._lastPiece = TimeProvider.System.GetTimestamp();
        if (killAt == 0)
        {
            dead = network.Nodes.Workers[random.Next(network.Nodes.Workers.Count)];
            await run.KillAsync(dead, 0);
        }

        using HttpResponseMessage response = await asking;
        if (response.IsSuccessStatusCode)
        {
            int pieces = 0;
            await foreach (JsonElement document in Api.DocumentsAsync(response))
            {
                run.Take(document);
                if (Api.Text(document) is not null && ++pieces == killAt)
                {
                    dead = network.Nodes.Workers.Single(w => w.PeerId == response.Headers.GetValues("Cocoon-Worker").Single());
                    await run.KillAsync(dead, pieces);
                }
            }

            await run.BillAsync(network, response.Headers.GetValues("Cocoon-Job").Single());
        }
        else
        {
            run.Error = await response.Content.ReadAsStringAsync(Cocoon.Cancelled);
        }

        if (dead is not null)
        {
            dead.Start();
            await dead.ReadyAsync(Cocoon.Cancelled);
            await network.OffersAsync();
        }

        return run;
    }

    private async Task KillAsync(DemoNode worker, int pieces)
    {
        KilledAt = pieces;
        await worker.KillAsync();
    }

    private void Take(JsonElement document)
    {
        if (document.TryGetProperty("error", out JsonElement error))
        {
            Error = error.ToString();
        }

        if (Api.Text(document) is { } text)
        {
            _text.Append(text);
            TimeSpan since = TimeProvider.System.GetElapsedTime(_lastPiece);
            Pause = KilledAt >= 0 && since > Pause ? since : Pause;
            _lastPiece = TimeProvider.System.GetTimestamp();
        }

        if (document.TryGetProperty("usage", out JsonElement usage) && usage.ValueKind == JsonValueKind.Object)
        {
            CompletionTokens = usage.GetProperty("completion_tokens").GetInt64();
        }
    }

    /// <summary>Follows the answer from job to job.</summary>
    private async Task BillAsync(TestNetwork network, string first)
    {
        long before = 0, prompt = 0;
        for (string? job = first; job is not null;)
        {
            Dictionary<string, JsonElement> steps = [];
            foreach (JsonElement step in (await network.Api.GetAsync($"/v1/jobs/{job}")).GetProperty("steps").EnumerateArray())
            {
                steps[step.GetProperty("step").GetString()!] = step.GetProperty("facts");
            }

            bool finished = steps.TryGetValue("finished", out JsonElement end);
            long tokens = Number(finished ? end : steps["worker-lost"], "tokens");
            prompt = finished ? Number(end, "prompt_tokens") - before : prompt;
            Jobs.Add(new BilledJob(before, tokens));
            before += tokens;
            job = steps.TryGetValue("goes-on", out JsonElement next) ? next.GetProperty("job").GetString() : null;
        }

        for (int at = 0; at < Jobs.Count; at++)
        {
            Jobs[at] = Jobs[at] with { Prompt = Jobs[at].Prompt + prompt };
        }
    }

    private static long Number(JsonElement facts, string name) => long.Parse(facts.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);
}
