using CocoonP2P.Payments;

namespace CocoonP2P.Tests.Payments;

/// <summary>An honest job, step by step.</summary>
internal sealed class JobScript(ModelPair pair, byte number)
{
    private uint _tokens;

    private ulong Id => pair.Client.State.Jobs.Values.Single(job => job.JobHash == ModelPair.Hash(number)).JobId;

    public void Lock(bool receiptLock = false)
    {
        JobOrder order = ModelPair.Order(number, receiptLock: receiptLock);
        pair.Worker.Step(new ChannelEvent.JobWanted(order), pair.Now);
        pair.Client.Step(new ChannelEvent.JobWanted(order), pair.Now);
        pair.Settle();
    }

    /// <summary>The worker has this much ready; the client hears nothing.</summary>
    public void Offer(uint tokens)
    {
        _tokens = tokens;
        pair.Worker.Step(new ChannelEvent.ChunkReady(Id, Used), pair.Now);
        pair.Settle();
    }

    public void Chunk()
    {
        Offer(_tokens + 64);
        pair.Client.Step(new ChannelEvent.ChunkReceived(Id, Used), pair.Now);
        pair.Settle();
    }

    public void End()
    {
        JobResult result = new(ModelPair.Hash(number), ModelPair.Hash(99), pair.Seconds, pair.Seconds, Used);
        pair.Worker.Step(new ChannelEvent.JobDone(Id, result), pair.Now);
        pair.Settle();
        pair.Client.Step(new ChannelEvent.JobEnded(ModelPair.Hash(number)), pair.Now);
        pair.Settle();
    }

    public void RunAll(int chunks)
    {
        Lock();
        for (int chunk = 0; chunk < chunks; chunk++)
        {
            Chunk();
        }

        End();
    }

    private Usage Used => new(Prompt: 16, Completion: _tokens);
}
