using CocoonP2P.Inference;
using CocoonP2P.Jobs;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Sessions;
using CocoonP2P.Tests.Sessions;

namespace CocoonP2P.Tests.Jobs.Scene;

/// <summary>A job at a scripted worker: says whatever the test wants.</summary>
internal sealed class ScriptedJob(JobRequest request, AttestedSession session, PipeStream stream)
{
    private uint _index;

    public JobRequest Request => request;

    public JobSpec Spec => request.Spec;

    public ChannelEngine? Channel { get; set; }

    public DateTimeOffset? CancelledAt { get; set; }

    /// <summary>New tokens that the worker has sent.</summary>
    public int Sent { get; private set; }

    /// <summary>What the worker's channel says that it was paid for this job.</summary>
    public NanoTon Paid => Channel!.State.Ledger.Locks.Values.Select(held => held.Paid).FirstOrDefault();

    public ValueTask SendAsync(JobMessage message) => session.SendAsync(new SessionMessage.Job(message).Encode(), default);

    /// <summary>The tokens that every honest worker gives at these places: 1,000 and up.</summary>
    public static int[] Tokens(int from, int count) => [.. Enumerable.Range(1_000 + from, count)];

    /// <summary>The next honest tokens.</summary>
    public ValueTask ChunkAsync(int count)
    {
        int[] tokens = Tokens(Spec.Resume.Length + Sent, count);
        Sent += count;
        return SendAsync(new JobChunk(request.JobHash, _index++, tokens));
    }

    public ValueTask EndAsync(FinishReason reason = FinishReason.Length, uint claimedMore = 0) => SendAsync(new JobEnd(
        request.JobHash, reason, JobBill.Prompt(Spec), 0, (uint)Sent + claimedMore));

    /// <summary>Everything that was asked for.</summary>
    public async Task AnswerAsync()
    {
        while (Spec.Resume.Length + Sent < Spec.MaxTokens)
        {
            await ChunkAsync(Math.Min(10, Spec.MaxTokens - Spec.Resume.Length - Sent));
        }

        await EndAsync();
    }

    /// <summary>The connection is gone.</summary>
    public void Cut() => stream.Reset();
}
