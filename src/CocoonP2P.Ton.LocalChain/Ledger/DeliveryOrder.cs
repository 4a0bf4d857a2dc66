namespace CocoonP2P.Ton.LocalChain.Ledger;

/// <summary>The order in which a block takes messages. The chain promises one thing: messages of one sender to one
/// receiver arrive as they were sent.</summary>
internal interface IDeliveryOrder
{
    IEnumerable<MessageRecord> Arrange(IReadOnlyList<MessageRecord> messages);
}

/// <summary>First sent, first delivered.</summary>
internal sealed class SentOrder : IDeliveryOrder
{
    public static readonly SentOrder Instance = new();

    public IEnumerable<MessageRecord> Arrange(IReadOnlyList<MessageRecord> messages) => messages;
}

/// <summary>Any legal order, drawn from a seed: what a real chain may do, and code must survive.</summary>
internal sealed class ShuffledOrder(Random random) : IDeliveryOrder
{
    public IEnumerable<MessageRecord> Arrange(IReadOnlyList<MessageRecord> messages)
    {
        List<Queue<MessageRecord>> pairs =
            [.. messages.GroupBy(static m => (m.Source, m.Destination)).Select(static pair => new Queue<MessageRecord>(pair))];
        while (pairs.Count > 0)
        {
            int chosen = random.Next(pairs.Count);
            yield return pairs[chosen].Dequeue();
            if (pairs[chosen].Count == 0)
            {
                pairs.RemoveAt(chosen);
            }
        }
    }
}
