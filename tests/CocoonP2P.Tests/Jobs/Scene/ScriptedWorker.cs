using CocoonP2P.Hosting;
using CocoonP2P.Inference;
using CocoonP2P.Jobs;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;
using CocoonP2P.Sessions;
using CocoonP2P.Tests.Sessions;
using CocoonP2P.Ton;

namespace CocoonP2P.Tests.Jobs.Scene;

/// <summary>A worker with a real session and a real channel whose answers are written by the test.</summary>
internal sealed class ScriptedWorker : IDisposable
{
    private readonly SessionParty _party = new();
    private readonly WorkerSettings _settings;
    private readonly ChannelDirectory _channels;
    private readonly ModelInfo _model;
    private readonly TimeProvider _time;
    private ulong _serial;

    public ScriptedWorker(byte number, ModelInfo model, MemoryChain chain, Supervisor supervisor, TimeProvider time)
    {
        (_model, _time) = (model, time);
        KeyPair key = KeyPair.FromSeed([.. Enumerable.Repeat((byte)(100 + number), 32)]);
        KeyPair receipts = KeyPair.FromSeed([.. Enumerable.Repeat((byte)(150 + number), 32)]);
        Address wallet = new(0, new Bits256([.. Enumerable.Repeat(number, 32)]));
        _settings = new WorkerSettings(-777, key, receipts.PublicKey, wallet, wallet, JobScene.PricePerMillion);
        _channels = new ChannelDirectory(
            new ChannelDirectorySettings(key, receipts, new MemoryJournal(), chain, TimeSpan.FromMilliseconds(100)), supervisor, time);
        _party.Claims = (SessionParty.SampleClaims with
        {
            Models = [model.Id.ToArray()],
            WorkerKey = key.PublicKey.ToArray(),
            ReceiptKey = receipts.PublicKey.ToArray(),
            PayoutAddress = wallet.ToRawString(),
            DeterminismClass = [.. Enumerable.Repeat((byte)1, 32)],
        }).Encode();
    }

    public SessionParty Party => _party;

    /// <summary>Whether it never answers a dial.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>What it does with each job.</summary>
    public Func<ScriptedJob, Task> Script { get; set; } = job => job.AnswerAsync();

    /// <summary>Every job that it was asked for.</summary>
    public List<ScriptedJob> Jobs { get; } = [];

    /// <summary>A mistake of the test itself.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Sessions that were opened with it.</summary>
    public int Sessions { get; private set; }

    /// <summary>Claims another determinism class.</summary>
    public void UseClass(byte number)
    {
        Assert.True(RuntimeClaims.TryDecode(_party.Claims, out RuntimeClaims? claims));
        _party.Claims = (claims! with { DeterminismClass = [.. Enumerable.Repeat(number, 32)] }).Encode();
    }

    public async Task ServeAsync(PipeStream stream, SessionParty client)
    {
        try
        {
            await using AttestedSession session = await SessionProtocol.AcceptAsync(stream, _party.With(client), _party, _time, default);
            Sessions++;
            SessionChannel payments = new(session, _channels);
            List<Task> jobs = [];
            while (await session.ReceiveAsync(default) is { } bytes)
            {
                Assert.True(SessionMessage.TryDecode(bytes, out SessionMessage? message, out _));
                if (message is SessionMessage.Job { Message: JobRequest request })
                {
                    jobs.Add(RunAsync(new ScriptedJob(request, session, stream), payments));
                }

                await HandleAsync(session, payments, message);
            }

            await Task.WhenAll(jobs);
        }
        catch (Exception e) when (e is SessionException or IOException or InvalidOperationException)
        {
            // Cut, by the script or by the client.
        }
        catch (Exception e)
        {
            Fault = e;
        }
    }

    public void Dispose() => _party.Dispose();

    private async ValueTask HandleAsync(AttestedSession session, SessionChannel payments, SessionMessage message)
    {
        switch (message)
        {
            case SessionMessage.QuoteWanted:
                await session.SendAsync(new SessionMessage.Quote(_settings.QuoteFor(_model, _time.GetUtcNow(), ++_serial)).Encode(), default);
                break;
            case SessionMessage.Payment payment:
                ChannelEngine? engine = _channels.Find(payment.Message.Channel);
                if (engine is null && payment.Message is ChannelTermsMessage terms
                    && ChannelOpening.TryForWorker(terms, _settings.QuoteFor(_model, _time.GetUtcNow(), 0).Quote, _settings.Policy, out ChannelState? made, out _))
                {
                    engine = _channels.Open(made);
                }

                if (engine is not null)
                {
                    await payments.AttachAsync(engine, default);
                    await SessionChannel.PostAsync(engine, payment.Message, default);
                }

                break;
            case SessionMessage.Job { Message: JobCancel cancel }:
                Jobs.Single(job => job.Request.JobHash.AsSpan().SequenceEqual(cancel.JobHash)).CancelledAt = _time.GetUtcNow();
                break;
        }
    }

    private async Task RunAsync(ScriptedJob job, SessionChannel payments)
    {
        Jobs.Add(job);
        job.Channel = await payments.FindAsync(job.Request.Channel, default);
        Quote quote = _settings.QuoteFor(_model, _time.GetUtcNow(), 0).Quote;
        Assert.True(JobOrders.TryMake(
            quote, new Bits256(job.Request.JobHash), JobBill.Limits(job.Request.Spec), _settings.ReceiptKey, false, out JobOrder? order));
        await job.Channel.ExpectAsync(order, default);
        await Script(job);
    }
}
