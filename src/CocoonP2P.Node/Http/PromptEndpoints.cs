using CocoonP2P.Hosting;
using CocoonP2P.Jobs;
using CocoonP2P.Node.Configuration;
using CocoonP2P.Node.Http.Doors;
using CocoonP2P.Node.Http.Requests;
using CocoonP2P.Node.Http.Responses;

namespace CocoonP2P.Node.Http;

/// <summary>What spends: POST /v1/chat/completions, /v1/completions and /v1/embeddings.</summary>
internal sealed class PromptEndpoints(INode node, SpendingBook spending, ApiSettings settings, TimeProvider time)
{
    private readonly AnswerRun _run = new(node, spending, settings);

    public async Task ChatAsync(HttpContext context)
    {
        ChatRequest request = await ReadAsync(context, ChatReader.Read);
        AnswerHead Head(string kind, AnswerPart.Accepted first) => AnswerHead.Of("chatcmpl-", kind, time.GetUtcNow(), request.Order.Model, first);
        await _run.HandleAsync(context, [request.Order], request.Shape.Stream, new AnswerRun.Form(
            (first, answer) => ChatDocument.Write(Head("chat.completion", first), answer),
            (first, events) => new ChatChunks(Head("chat.completion.chunk", first), events, request.Order.Choices, request.Shape.IncludeUsage)));
    }

    public async Task CompletionAsync(HttpContext context)
    {
        CompletionRequest request = await ReadAsync(context, CompletionReader.Read);
        AnswerHead Head(AnswerPart.Accepted first) => AnswerHead.Of("cmpl-", "text_completion", time.GetUtcNow(), request.Orders[0].Model, first);
        await _run.HandleAsync(context, request.Orders, request.Shape.Stream, new AnswerRun.Form(
            (first, answer) => CompletionDocument.Write(Head(first), answer, request),
            (first, events) => new CompletionChunks(Head(first), events, request)));
    }

    public async Task EmbeddingAsync(HttpContext context)
    {
        EmbeddingRequest request = await ReadAsync(context, EmbeddingReader.Read);
        using BudgetHold hold = spending.Hold(ApiKey.Of(context), request.Order.Terms.MaxCost ?? settings.MaxPerJob);
        EmbeddingOrder order = request.Order with { Terms = request.Order.Terms with { MaxCost = hold.Amount } };
        EmbeddingAnswer answer = await node.EmbedAsync(order, context.RequestAborted);
        hold.Spend(answer.Cost);
        AnswerRun.Head(context, answer.Accepted);
        context.Response.Headers["Cocoon-Cost"] = Money.Show(answer.Cost);
        await ApiServer.WriteAsync(context, EmbeddingDocument.Write(request, answer));
    }

    private static async Task<T> ReadAsync<T>(HttpContext context, Func<Field, OrderTerms, T> read)
    {
        OrderTerms terms = OrderHeaders.Read(context.Request.Headers, ApiKey.Of(context).Name);
        return await RequestBody.ReadAsync(context, body => read(body, terms));
    }
}
