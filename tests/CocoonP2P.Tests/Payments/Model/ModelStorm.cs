using CocoonP2P.Payments;
using CocoonP2P.Protocol;

namespace CocoonP2P.Tests.Payments;

/// <summary>Honest sides on bad links and worse machines: loss, reordering, duplication, a crash between any two effects;
/// then calm, and an end.</summary>
internal sealed class ModelStorm
{
    private readonly Random _random;
    private readonly ModelPair _pair;
    private readonly Dictionary<byte, uint> _tokens = [];
    private readonly Dictionary<ulong, byte> _jobs = [];
    private readonly int _luck;
    private byte _lastJob;

    public ModelStorm(int seed)
    {
        _random = new Random(seed);
        _luck = _random.Next(20, 400);
        _pair = new ModelPair(deposit: 200_000).Opened();
        _pair.Worker.OnTold = WorkerTold;
    }

    public ModelPair Run(int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            One();
            Check();
        }

        Calm();
        return _pair;
    }

    private void One()
    {
        ModelSide side = _random.Next(2) == 0 ? _pair.Client : _pair.Worker;
        ModelSide other = side == _pair.Client ? _pair.Worker : _pair.Client;
        switch (_random.Next(100))
        {
            case < 45 when side.Busy:
                side.RunOne(_pair.Now);
                break;
            case < 75 when side.Outbox.Count > 0:
                Deliver(side, other);
                break;
            case < 80:
                _pair.Execute(side);
                break;
            case < 86:
                NewJob();
                break;
            case < 90:
                side.Step(new ChannelEvent.ChainSeen(_pair.Contract.View(_pair.Seconds)), _pair.Now);
                break;
            case < 93:
                _pair.Pass(_random.Next(4));
                side.Step(new ChannelEvent.Tick(), _pair.Now);
                break;
            case < 94 when _luck < 200:
                side.Crash();
                Reconnect();
                break;
            case < 96:
                Reconnect();
                break;
            default:
                EndSome();
                break;
        }
    }

    private void Deliver(ModelSide from, ModelSide to)
    {
        int at = _random.Next(_luck) == 0 ? _random.Next(from.Outbox.Count) : 0;
        PaymentMessage message = from.Outbox[at];
        int luck = _random.Next(_luck);
        if (luck != 0)
        {
            from.Outbox.RemoveAt(at);
        }

        if (luck != 1)
        {
            to.Step(new ChannelEvent.PeerSent(message), _pair.Now);
        }
    }

    private void NewJob()
    {
        if (_lastJob < 200)
        {
            JobOrder order = ModelPair.Order(++_lastJob);
            _pair.Client.Step(new ChannelEvent.JobWanted(order), _pair.Now);
            _pair.Worker.Step(new ChannelEvent.JobWanted(order), _pair.Now);
            _tokens[_lastJob] = 0;
        }
    }

    private void WorkerTold(ChannelEffect effect)
    {
        switch (effect)
        {
            case ChannelEffect.JobGo go:
                _jobs[go.JobId] = go.JobHash.ToArray()[0];
                Produce(go.JobId);
                break;
            case ChannelEffect.ChunkGo go:
                _tokens[_jobs[go.JobId]] += 64;
                _pair.Client.Step(new ChannelEvent.ChunkReceived(go.JobId, Used(go.JobId)), _pair.Now);
                if (_tokens[_jobs[go.JobId]] < 256)
                {
                    Produce(go.JobId);
                }

                break;
        }
    }

    private void Produce(ulong job) => _pair.Worker.Step(
        new ChannelEvent.ChunkReady(job, Used(job) with { Completion = _tokens[_jobs[job]] + 64 }), _pair.Now);

    private Usage Used(ulong job) => new(Prompt: 16, Completion: _tokens[_jobs[job]]);

    private void EndSome()
    {
        JobMeter[] running = [.. _pair.Client.State.Jobs.Values.Where(job => job.Started)];
        if (running.Length > 0)
        {
            JobMeter job = running[_random.Next(running.Length)];
            JobResult result = new(job.JobHash, ModelPair.Hash(99), 1, 2, _jobs.ContainsKey(job.JobId) ? Used(job.JobId) : Usage.None);
            _pair.Worker.Step(new ChannelEvent.JobDone(job.JobId, result), _pair.Now);
            _pair.Client.Step(new ChannelEvent.JobEnded(job.JobHash), _pair.Now);
        }
    }

    private void Reconnect()
    {
        _pair.Client.Outbox.Clear();
        _pair.Worker.Outbox.Clear();
        _pair.Client.Step(new ChannelEvent.SessionOpened(), _pair.Now);
        _pair.Worker.Step(new ChannelEvent.SessionOpened(), _pair.Now);
    }

    private void Calm()
    {
        for (int round = 0; round < 6; round++)
        {
            Reconnect();
            _pair.Settle();
            for (byte job = 1; job <= _lastJob; job++)
            {
                _pair.Both(new ChannelEvent.JobEnded(ModelPair.Hash(job)));
            }

            _pair.Pass(31);
            _pair.Look();
        }

        _pair.Client.Step(new ChannelEvent.CloseRequested(), _pair.Now);
        _pair.Settle();
        for (int round = 0; round < 400 && _pair.Client.State.Phase != ChannelPhase.Closed; round++)
        {
            _pair.Pass(31);
            _pair.Both(new ChannelEvent.Tick());
            _pair.Look();
        }
    }

    private void Check()
    {
        // The credit, counted here from what was delivered and what the worker's newest state has paid.
        ulong exposed = 0;
        foreach ((ulong job, byte hash) in _jobs)
        {
            if (_pair.Worker.State.Ledger.Locks.TryGetValue(job, out JobLock? held) && _tokens[hash] > 0)
            {
                Assert.True(ModelPair.Prices.TryCost(Used(job), out NanoTon? cost));
                exposed += cost.Value.MinusOrZero(held.Paid).Value;
                Assert.True(held.Paid <= held.Cap);
            }
        }

        Assert.True(exposed <= ModelPair.Credit, $"{exposed} delivered ahead of vouchers");
        Assert.True(_pair.Contract.Paid <= _pair.Contract.Deposit);
        Assert.DoesNotContain(_pair.Client.Told.Concat(_pair.Worker.Told), effect => effect is ChannelEffect.Fault);
    }
}
