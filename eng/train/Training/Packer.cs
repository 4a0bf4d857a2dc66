namespace CocoonP2P.Train.Training;

/// <summary>An encoded conversation: its tokens, and how much it matters that the model produces each.</summary>
internal sealed record Sequence(int[] Ids, float[] Weights);

/// <summary>
/// Fills batches with whole conversations, several in a row. Mostly they do not see each other; in one row of four they
/// do, and are then one long conversation.
/// </summary>
internal sealed class Packer(IReadOnlyList<Sequence> sequences, Random random)
{
    private const int LookAhead = 24;

    private readonly Queue<Sequence> _queue = new();
    private readonly List<Sequence> _waiting = [];

    public void Fill(Batch batch)
    {
        Array.Clear(batch.Ids);
        Array.Clear(batch.Targets);
        Array.Clear(batch.LossWeights);
        for (int row = 0; row < batch.Rows; row++)
        {
            FillRow(batch, row, joined: random.Next(4) == 0);
        }

        float total = batch.LossWeights.Sum();
        for (int i = 0; i < batch.LossWeights.Length; i++)
        {
            batch.LossWeights[i] /= total;
        }
    }

    private void FillRow(Batch batch, int row, bool joined)
    {
        int start = row * batch.Length;
        int used = 0;
        Span<int> owner = new int[batch.Length];
        for (int number = 1; Take(batch.Length - used) is { } sequence; number++)
        {
            for (int i = 0; i < sequence.Ids.Length; i++, used++)
            {
                batch.Ids[start + used] = sequence.Ids[i];
                owner[used] = joined ? 1 : number;
                if (i + 1 < sequence.Ids.Length)
                {
                    batch.Targets[start + used] = sequence.Ids[i + 1];
                    batch.LossWeights[start + used] = sequence.Weights[i + 1];
                }
            }
        }

        int square = row * batch.Length * batch.Length;
        for (int to = 0; to < batch.Length; to++)
        {
            for (int from = 0; from < batch.Length; from++)
            {
                batch.Mask[square + (to * batch.Length) + from] = from <= to && owner[from] == owner[to] ? 0 : Batch.Hidden;
            }
        }
    }

    /// <summary>The first waiting conversation that fits, or null.</summary>
    private Sequence? Take(int room)
    {
        while (_waiting.Count < LookAhead)
        {
            if (_queue.Count == 0)
            {
                Sequence[] shuffled = [.. sequences];
                random.Shuffle(shuffled);
                Array.ForEach(shuffled, _queue.Enqueue);
            }

            _waiting.Add(_queue.Dequeue());
        }

        Sequence? found = _waiting.Find(sequence => sequence.Ids.Length <= room);
        if (found is not null)
        {
            _waiting.Remove(found);
        }

        return found;
    }
}
