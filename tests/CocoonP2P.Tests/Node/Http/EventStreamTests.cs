using System.IO.Pipelines;
using CocoonP2P.Jobs;
using CocoonP2P.Node.Http.Responses;

namespace CocoonP2P.Tests.Node.Http;

public sealed class EventStreamTests
{
    /// <summary>The pipe takes a buffer of its own now and then; the writer takes nothing, so a token costs less than one byte.</summary>
    [Fact]
    public async Task A_streamed_token_allocates_nothing()
    {
        Pipe pipe = new(new PipeOptions(useSynchronizationContext: false, pauseWriterThreshold: 0));
        using EventStream events = new(pipe.Writer);
        ChatChunks chunks = new(new AnswerHead("chatcmpl-1", "chat.completion.chunk", 1, "m", "f"), events, 1, usage: true);
        Answer answer = new(1, keep: false);
        AnswerPart.Text part = new(" token \u00e9 \"quoted\"");
        await RoundAsync(pipe, events, chunks, answer, part, 2_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool stayed = await RoundAsync(pipe, events, chunks, answer, part, 1_000);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"{allocated / 1_000.0:0.###} managed bytes a streamed token");
        Assert.True(stayed);
        Assert.True(allocated < 1_000, $"{allocated} bytes for 1,000 tokens");
    }

    /// <summary>Nothing in it waits, so this thread does all the work.</summary>
    private static async ValueTask<bool> RoundAsync(Pipe pipe, EventStream events, ChatChunks chunks, Answer answer, AnswerPart part, int count)
    {
        bool stayed = true;
        for (int i = 0; i < count; i++)
        {
            answer.Add(part);
            chunks.Write(part, answer);
            stayed &= !(await events.FlushAsync(CancellationToken.None)).IsCanceled;
            stayed &= pipe.Reader.TryRead(out ReadResult read);
            pipe.Reader.AdvanceTo(read.Buffer.End);
        }

        return stayed;
    }
}
