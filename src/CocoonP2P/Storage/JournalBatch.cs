namespace CocoonP2P.Storage;

/// <summary>Rows of one writer on their way to the disk.</summary>
internal sealed class JournalBatch(IReadOnlyList<JournalWrite> writes)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<JournalWrite> Writes { get; } = writes;

    /// <summary>Why these rows were refused; null while they were not.</summary>
    public JournalException? Refused { get; set; }

    public Task Durable => _done.Task;

    public void Finish(JournalException? failure)
    {
        if ((Refused ?? failure) is { } why)
        {
            _done.SetException(why);
        }
        else
        {
            _done.SetResult();
        }
    }
}
