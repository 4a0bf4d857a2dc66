using System.Text;
using System.Text.Json;
using CocoonP2P.Hosting;
using CocoonP2P.Jobs;
using CocoonP2P.Node.Configuration;

namespace CocoonP2P.Node.Http;

/// <summary>POST /v1/chat/completions, streamed or whole.</summary>
internal sealed class ChatEndpoint(INode node, TimeProvider time)
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16 };

    public async Task HandleAsync(HttpContext context)
    {
        using JsonDocument body = await JsonDocument.ParseAsync(context.Request.Body, Strict, context.RequestAborted);
        ChatRequest request = ChatRequest.Read(body.RootElement, context.Request.Headers["Cocoon-Max-Cost"].FirstOrDefault());
        long created = time.GetUtcNow().ToUnixTimeSeconds();
        await using IAsyncEnumerator<AnswerPart> parts =
            node.AskAsync(request.Order, context.RequestAborted).GetAsyncEnumerator(context.RequestAborted);

        // The first part decides between an error with its status and an answer.
        if (!await parts.MoveNextAsync() || parts.Current is not AnswerPart.Accepted accepted)
        {
            throw new CocoonException(ErrorCode.Failed, "the node gave no answer", "run again; the log says more");
        }

        context.Response.Headers["Cocoon-Job"] = accepted.Job;
        context.Response.Headers["Cocoon-Worker"] = accepted.Worker;
        context.Response.Headers["Cocoon-Attestation"] = accepted.Verdict.ToString();
        if (request.Stream)
        {
            await StreamAsync(context, request, accepted, created, parts);
        }
        else
        {
            await WholeAsync(context, request, accepted, created, parts);
        }
    }

    private static async Task WholeAsync(
        HttpContext context, ChatRequest request, AnswerPart.Accepted accepted, long created, IAsyncEnumerator<AnswerPart> parts)
    {
        StringBuilder text = new();
        while (await parts.MoveNextAsync())
        {
            if (parts.Current is AnswerPart.Text piece)
            {
                text.Append(piece.Delta);
            }
            else if (parts.Current is AnswerPart.Finished end)
            {
                context.Response.Headers["Cocoon-Cost"] = Money.Show(end.Cost);
                await ApiServer.WriteAsync(context, OpenAiJson.Completion(
                    Id(accepted), created, request.Order.Model, text.ToString(), end.Reason, end.Usage, end.Cost));
            }
        }
    }

    private static async Task StreamAsync(
        HttpContext context, ChatRequest request, AnswerPart.Accepted accepted, long created, IAsyncEnumerator<AnswerPart> parts)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        string id = Id(accepted), model = request.Order.Model;
        await EventAsync(context, OpenAiJson.Chunk(id, created, model, first: true, "", null));
        try
        {
            while (await parts.MoveNextAsync())
            {
                if (parts.Current is AnswerPart.Text piece)
                {
                    await EventAsync(context, OpenAiJson.Chunk(id, created, model, first: false, piece.Delta, null));
                }
                else if (parts.Current is AnswerPart.Finished end)
                {
                    await EventAsync(context, OpenAiJson.Chunk(id, created, model, first: false, null, end.Reason));
                    if (request.IncludeUsage)
                    {
                        await EventAsync(context, OpenAiJson.UsageChunk(id, created, model, end.Usage, end.Cost));
                    }
                }
            }
        }
        catch (CocoonException failure)
        {
            // The status has gone out as 200: the stream itself must say that the answer is not whole.
            await EventAsync(context, OpenAiJson.Error(failure.Code, failure.Message, failure.Hint));
        }

        await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted);
    }

    private static async Task EventAsync(HttpContext context, byte[] json)
    {
        await context.Response.Body.WriteAsync("data: "u8.ToArray(), context.RequestAborted);
        await context.Response.Body.WriteAsync(json, context.RequestAborted);
        await context.Response.Body.WriteAsync("\n\n"u8.ToArray(), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private static string Id(AnswerPart.Accepted accepted) => "chatcmpl-" + accepted.Job[..24];
}
