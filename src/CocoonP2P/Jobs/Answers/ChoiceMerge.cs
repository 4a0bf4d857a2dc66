using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace CocoonP2P.Jobs;

/// <summary>Several answers to one prompt, as their parts come. The first that fails ends them all.</summary>
internal static class ChoiceMerge
{
    public static async IAsyncEnumerable<AnswerPart> RunAsync(
        IReadOnlyList<AnswerRun> runs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<AnswerPart> parts = Channel.CreateBounded<AnswerPart>(new BoundedChannelOptions(runs.Count) { SingleReader = true });
        Task pumping = PumpAllAsync(runs, parts.Writer, stop.Token);
        try
        {
            while (await parts.Reader.WaitToReadAsync(cancellationToken))
            {
                while (parts.Reader.TryRead(out AnswerPart? part))
                {
                    yield return part;
                }
            }
        }
        finally
        {
            stop.Stop();
            await pumping;
        }
    }

    private static async Task PumpAllAsync(IReadOnlyList<AnswerRun> runs, ChannelWriter<AnswerPart> parts, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(runs.Select(run => PumpAsync(run, parts, cancellationToken)));
            parts.TryComplete();
        }
        catch (Exception e)
        {
            parts.TryComplete(e);
        }
    }

    private static async Task PumpAsync(AnswerRun run, ChannelWriter<AnswerPart> parts, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (AnswerPart part in run.RunAsync(cancellationToken))
            {
                await parts.WriteAsync(part, cancellationToken);
            }
        }
        catch (CocoonException e)
        {
            parts.TryComplete(e);
            throw;
        }
    }
}
