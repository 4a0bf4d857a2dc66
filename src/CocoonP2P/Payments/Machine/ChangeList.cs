using System.Collections.Immutable;
using CocoonP2P.Protocol;

namespace CocoonP2P.Payments;

/// <summary>Changes for one state, up to the most that a state carries; what does not fit waits for the next.</summary>
internal sealed class ChangeList
{
    private readonly ImmutableArray<ChannelChange>.Builder _changes = ImmutableArray.CreateBuilder<ChannelChange>();
    private int _closed;
    private bool _fresh;

    public ImmutableArray<ChannelChange> Taken => _changes.ToImmutable();

    public void Add(ChannelChange change)
    {
        if (_changes.Count < Limits.ChangesPerState)
        {
            _changes.Add(change);
        }
    }

    public void NewBatch()
    {
        Add(new ChannelChange.NewBatch());
        _fresh = true;
    }

    /// <summary>Ends a job, in a new batch where the old one is full.</summary>
    public void CloseJob(JobBatch batch, ChannelChange.CloseJob close)
    {
        int records = _closed + (_fresh ? 0 : batch.Records.Count);
        if (records >= Limits.JobsPerBatch)
        {
            NewBatch();
            _closed = 0;
        }

        if (_changes.Count < Limits.ChangesPerState)
        {
            Add(close);
            _closed++;
        }
    }
}
