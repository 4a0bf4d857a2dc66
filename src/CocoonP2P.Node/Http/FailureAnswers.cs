using CocoonP2P.Hosting;
using CocoonP2P.Node.Http.Responses;
using Microsoft.AspNetCore.Connections;

namespace CocoonP2P.Node.Http;

/// <summary>Turns whatever a request ends with into an answer; nothing goes on to the server's own.</summary>
internal sealed class FailureAnswers(INode node, Patience patience, ILogger log)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        patience.Set(context);
        try
        {
            await AnswerAsync(context, next);
        }
        catch (Exception e) when (IsGone(context, e))
        {
            // The client went away, and its job was cancelled with it.
            HttpLog.Gone(log, Route(context));
        }
    }

    private async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (!IsGone(context, e))
        {
            Refusal refusal = Refusal.Of(e) ?? Unforeseen(context, e);
            HttpLog.Refused(log, refusal.Status, refusal.Code.Name(), Route(context));
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            await WithAddress(refusal).WriteAsync(context);
        }
    }

    /// <summary>An aborted connection cancels its token a moment later, so the exception's kind and its token count as well.</summary>
    private static bool IsGone(HttpContext context, Exception e) =>
        e is ConnectionResetException or ConnectionAbortedException
        || (e is OperationCanceledException canceled && canceled.CancellationToken == context.RequestAborted)
        || (e is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested);

    /// <summary>Who is short of money must know where to send it.</summary>
    private Refusal WithAddress(Refusal refusal) =>
        refusal.Code == ErrorCode.InsufficientFunds && !refusal.Facts.Any(fact => fact.Name == "address") ? refusal with { Facts = [.. refusal.Facts, ("address", node.Status().Wallet)] } : refusal;

    private Refusal Unforeseen(HttpContext context, Exception e)
    {
        HttpLog.Failed(log, Route(context), e.GetType().Name);
        HttpLog.Stack(log, e.StackTrace);
        return new Refusal(ErrorCode.Failed, "the node failed", "the node's log says more");
    }

    /// <summary>The route's pattern: a path is the client's own words.</summary>
    private static string Route(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "no route";
}
