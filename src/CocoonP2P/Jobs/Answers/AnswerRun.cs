using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CocoonP2P.Capacity;
using CocoonP2P.Inference;
using CocoonP2P.Payments;
using CocoonP2P.Protocol;

namespace CocoonP2P.Jobs;

/// <summary>The shell of an <see cref="AnswerMachine"/>: finds workers, runs attempts, gives the user what the machine lets through.</summary>
internal sealed class AnswerRun(ClientParts parts, OrderPlan plan, JobSpec spec, OrderBudget budget) : IAsyncDisposable
{
    /// <summary>Chunks that a slow reader may leave waiting; then the workers' streams wait too.</summary>
    private const int Backlog = 16;

    private readonly Channel<AnswerEvent> _events = Channel.CreateBounded<AnswerEvent>(new BoundedChannelOptions(Backlog) { SingleReader = true });
    private readonly Dictionary<int, RunningAttempt> _attempts = [];
    private readonly Queue<AnswerEvent> _own = new([new AnswerEvent.Wanted()]);
    private readonly Queue<AnswerPart> _parts = new();
    private readonly AnswerText _text = new(plan.Text, spec.Stop);
    private readonly CancellationTokenSource _stop = new();
    private AnswerState _state = new() { Deadline = plan.Deadline };
    private Place? _placed;
    private Task _placing = Task.CompletedTask;
    private Task<bool>? _more;
    private byte[]? _class;
    private bool _exact = true;

    /// <summary>The attempt that the answer is of, once it is over.</summary>
    public ClientJob? Last { get; private set; }

    /// <summary>What all attempts cost so far.</summary>
    public NanoTon Cost => _attempts.Values.Aggregate(NanoTon.Zero, (sum, attempt) => sum + attempt.Job.Spent);

    /// <summary>The answer, part by part.</summary>
    /// <exception cref="CocoonException">There is none.</exception>
    public async IAsyncEnumerable<AnswerPart> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (!_state.Over)
        {
            AnswerEvent happened = _own.TryDequeue(out AnswerEvent? own) ? own : await NextAsync(cancellationToken);
            (_state, IReadOnlyList<AnswerEffect> effects) = AnswerMachine.Step(_state, happened, parts.Time.GetUtcNow());
            foreach (AnswerEffect effect in effects)
            {
                await CarryOutAsync(effect);
            }

            while (_parts.TryDequeue(out AnswerPart? part))
            {
                yield return part with { Choice = spec.Sampling.Choice };
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _stop.Stop();
        await _placing;
        _placed?.Dispose();
        await Task.WhenAll(_attempts.Values.Select(attempt => attempt.Run));
        foreach (RunningAttempt attempt in _attempts.Values)
        {
            attempt.Dispose();
        }

        _stop.Dispose();
    }

    /// <summary>What was told first; where nothing was, the time that the machine wants to look at.</summary>
    private async ValueTask<AnswerEvent> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_events.Reader.TryRead(out AnswerEvent? happened))
            {
                return happened;
            }

            TimeSpan wait = _state.NextLook - parts.Time.GetUtcNow();
            if (wait <= TimeSpan.Zero)
            {
                return new AnswerEvent.Tick();
            }

            _more = _more is { IsCompleted: false } ? _more : _events.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
            try
            {
                await _more.WaitAsync(wait, parts.Time, cancellationToken);
            }
            catch (TimeoutException)
            {
                return new AnswerEvent.Tick();
            }
        }
    }

    private async ValueTask CarryOutAsync(AnswerEffect effect)
    {
        switch (effect)
        {
            case AnswerEffect.Place { Waits: false }:
                _placed = parts.Desk.TryTake(Job(), _state.Excluded.Union(_state.Live.Select(attempt => attempt.Worker)));
                _own.Enqueue(_placed is null ? NobodyElse() : Placed(_placed));
                break;
            case AnswerEffect.Place:
                await _placing;
                _placing = PlaceAsync(new PlaceWanted(Job(), plan.Text.Name, plan.Tenant, _state.Excluded, IsUrgent: _text.Ids.Count > 0));
                break;
            case AnswerEffect.Start start:
                Start(start.Attempt, _placed!);
                _placed = null;
                break;
            case AnswerEffect.Cancel cancel:
                _attempts[cancel.Attempt].Cancel(cancel.Blame);
                break;
            case AnswerEffect.Lead lead:
                Lead(_attempts[lead.Attempt].Job);
                break;
            case AnswerEffect.Deliver deliver:
                Deliver(deliver.Chunk);
                break;
            case AnswerEffect.Finish finish:
                Give(_text.Finish());
                _parts.Enqueue(new AnswerPart.Finished(finish.Reason, new Usage((uint)spec.PromptIds.Length, Completion: (uint)_text.Ids.Count), Cost));
                break;
            case AnswerEffect.Fail fail:
                throw fail.Error;
        }
    }

    private MarketJob Job() => new(
        spec.ModelId, spec.PromptIds.Length + _text.Ids.Count, Math.Max(1, spec.MaxTokens - _text.Ids.Count), budget.Left,
        plan.Deadline - parts.Time.GetUtcNow(), plan.TeeKinds);

    private AnswerEvent.Placed Placed(Place place) => new(
        place.Choice, parts.Desk.StallBoundOf(place.Choice), parts.Settings.Hedge ? parts.Desk.HedgeAfter(spec.ModelId) : null);

    private static AnswerEvent.NotPlaced NobodyElse() => new(new CocoonException(ErrorCode.NoWorker, "no second worker", ""), Waited: false);

    private async Task PlaceAsync(PlaceWanted wanted)
    {
        try
        {
            Place place = await parts.Desk.TakeAsync(wanted, plan.Patience(parts.Time.GetUtcNow()), _stop.Token);
            _placed = place;
            await _events.Writer.WriteAsync(Placed(place), _stop.Token);
        }
        catch (CocoonException e)
        {
            await _events.Writer.WriteAsync(new AnswerEvent.NotPlaced(e, Waited: true), CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            // The answer is over; a place that was found is given back with the rest.
        }
    }

    private void Start(int number, Place place)
    {
        parts.Timeline.Add(
            "worker-chosen", "", ("worker", _state.Live[^1].Worker.ToString()), ("attempt", number.ToString(CultureInfo.InvariantCulture)),
            ("candidates", place.Choice.Among.ToString(CultureInfo.InvariantCulture)));
        RunningAttempt attempt = new(number, _events.Writer, _stop.Token);
        ClientJob job = new(parts, place, spec with { Resume = _text.Ids.ToArray() }, plan.Text, budget, attempt);
        _attempts[number] = attempt;
        attempt.Start(job);
    }

    private void Lead(ClientJob job)
    {
        (ClientJob? before, Last) = (Last, job);
        byte[] now = job.Session.Evidence!.Claims.DeterminismClass;
        string worker = _state.Live.FirstOrDefault()?.Worker.ToString() ?? PeerText(job.Session.RemotePeer);
        _class ??= now;

        // A class of zeros promises nothing; and what one worker computed otherwise stays in the text.
        _exact = _exact && _class.AsSpan().SequenceEqual(now) && now.AsSpan().ContainsAnyExcept((byte)0);
        _parts.Enqueue(before is null
            ? new AnswerPart.Accepted(job.Name, worker, job.Session.Verdict!)
            {
                DeterminismClass = Convert.ToHexStringLower(job.Session.Evidence!.Claims.DeterminismClass.AsSpan(0, 8)),
            }
            : new AnswerPart.Resumed(job.Name, worker, job.Session.Verdict!, _exact));
        if (before is not null)
        {
            parts.Timeline.Add("goes-on", before.Name, ("job", job.Name), ("tokens", _text.Ids.Count.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private void Deliver(JobChunk chunk)
    {
        if (_text.Stopped)
        {
            // An honest worker ends at the stop string.
            _own.Enqueue(new AnswerEvent.Enough());
            return;
        }

        Give(_text.Append(chunk));
    }

    private void Give(AnswerPart? part)
    {
        if (part is not null)
        {
            _parts.Enqueue(part);
        }
    }

    private static string PeerText(byte[] peer) => Libp2p.PeerId.TryFromBytes(peer, out Libp2p.PeerId id) ? id.ToString() : "?";
}
