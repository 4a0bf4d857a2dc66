using CocoonP2P.Hosting;
using CocoonP2P.Jobs;
using CocoonP2P.Node.Configuration;
using CocoonP2P.Node.Http.Doors;
using CocoonP2P.Node.Http.Responses;

namespace CocoonP2P.Node.Http;

/// <summary>Runs orders for a request, and tells the answer whole or in events.</summary>
/// <param name="node">Who answers.</param>
/// <param name="spending">Sets aside what it may cost.</param>
/// <param name="settings">Say the most that an order without a bound may cost.</param>
internal sealed class AnswerRun(INode node, SpendingBook spending, ApiSettings settings)
{
    /// <summary>How one kind of answer is written.</summary>
    /// <param name="Whole">The document.</param>
    /// <param name="Chunks">The writer of a stream's events.</param>
    internal sealed record Form(Func<AnswerPart.Accepted, Answer, byte[]> Whole, Func<AnswerPart.Accepted, EventStream, ChunkWriter> Chunks);

    /// <summary>Answers a request.</summary>
    /// <exception cref="CocoonException">Before the first part: with its status.</exception>
    public async Task HandleAsync(HttpContext context, IReadOnlyList<ChatOrder> orders, bool stream, Form form)
    {
        using BudgetHold hold = spending.Hold(ApiKey.Of(context), orders[0].Terms.MaxCost ?? settings.MaxPerJob);
        PartSource source = new(node, orders, hold);
        await using IAsyncEnumerator<AnswerPart> parts = source.RunAsync(context.RequestAborted).GetAsyncEnumerator(context.RequestAborted);

        // The first part decides between an error with its status and an answer.
        if (!await parts.MoveNextAsync() || parts.Current is not AnswerPart.Accepted first)
        {
            throw new CocoonException(ErrorCode.Failed, "the node gave no answer", "run again; the log says more");
        }

        Answer answer = new(orders.Sum(order => order.Choices), keep: !stream);
        Head(context, first);
        if (stream)
        {
            await StreamAsync(context, first, parts, answer, form);
            return;
        }

        do
        {
            answer.Add(parts.Current);
        }
        while (await parts.MoveNextAsync());
        context.Response.Headers["Cocoon-Cost"] = Money.Show(answer.Cost);
        await ApiServer.WriteAsync(context, form.Whole(first, answer));
    }

    public static void Head(HttpContext context, AnswerPart.Accepted accepted)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers["Cocoon-Job"] = accepted.Job;
        headers["Cocoon-Worker"] = accepted.Worker;
        headers["Cocoon-Attestation"] = accepted.Verdict.ToString();
        headers["x-request-id"] = accepted.Job;
    }

    private static async Task StreamAsync(
        HttpContext context, AnswerPart.Accepted first, IAsyncEnumerator<AnswerPart> parts, Answer answer, Form form)
    {
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        using EventStream events = new(context.Response.BodyWriter);
        ChunkWriter chunks = form.Chunks(first, events);
        try
        {
            do
            {
                answer.Add(parts.Current);
                chunks.Write(parts.Current, answer);
            }
            while (await NextAsync(parts, events, context));
        }
        catch (Exception e) when (Refusal.Of(e) is Refusal refusal)
        {
            // The status has gone out as 200: the stream itself must say that the answer is not whole.
            events.WriteDocument(refusal.Document());
        }

        events.WriteDone();
        await Patience.WaitAsync(context, events.FlushAsync(context.RequestAborted));
    }

    /// <summary>Sends what was written while the next part is on its way; parts that are there already share a packet.</summary>
    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<AnswerPart> parts, EventStream events, HttpContext context)
    {
        ValueTask<bool> next = parts.MoveNextAsync();
        if (next.IsCompleted && !events.IsFull)
        {
            return await next;
        }

        try
        {
            await Patience.WaitAsync(context, events.FlushAsync(context.RequestAborted));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // An iterator that runs cannot be disposed: the same token ends it, and what it says then is of no use.
            await EndAsync(next);
            throw;
        }

        return await next;
    }

    private static async Task EndAsync(ValueTask<bool> next)
    {
        try
        {
            await next;
        }
        catch (Exception e) when (e is OperationCanceledException or CocoonException or BudgetException or IOException)
        {
            // The client is gone; nobody is left to tell.
        }
    }
}
