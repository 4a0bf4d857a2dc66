using System.IO.Pipelines;

namespace CocoonP2P.Node.Http;

/// <summary>
/// How long a client may leave its answer unread. The server's own least rate gives credit for what the system's buffers took,
/// hours of it for a few megabytes; so a write that waits, which means that all of these are full, has a bound of its own.
/// </summary>
/// <param name="most">Of one write.</param>
/// <param name="time">Measures it.</param>
internal sealed class Patience(TimeSpan most, TimeProvider time)
{
    /// <summary>Applies to a request.</summary>
    public void Set(HttpContext context) => context.Items[typeof(Patience)] = this;

    /// <summary>Waits for a write to a request's answer; one that takes too long ends the connection.</summary>
    /// <exception cref="OperationCanceledException">The client is gone, or is now.</exception>
    public static async ValueTask WaitAsync(HttpContext context, ValueTask<FlushResult> write)
    {
        if (write.IsCompleted)
        {
            // The common case, which allocates nothing.
            await write;
            return;
        }

        await ((Patience)context.Items[typeof(Patience)]!).WaitAsync(context, write.AsTask());
    }

    private async ValueTask WaitAsync(HttpContext context, Task write)
    {
        try
        {
            await write.WaitAsync(most, time, context.RequestAborted);
        }
        catch (TimeoutException)
        {
            context.Abort();
            throw new OperationCanceledException(context.RequestAborted);
        }
    }
}
