using Microsoft.Extensions.AI;

namespace CocoonP2P.EndToEnd;

/// <summary>What became of many users' requests, counted as they end.</summary>
/// <param name="keys">Among how many keys they are spread evenly.</param>
internal sealed class Crowd(int keys)
{
    private readonly Lock _gate = new();
    private readonly List<int> _order = [];
    private readonly SortedDictionary<string, int> _refusals = [];

    /// <summary>Whole answers.</summary>
    public int Whole => _order.Count;

    /// <summary>What they cost, nanoton.</summary>
    public long Cost { get; private set; }

    /// <summary>The largest heap seen when an answer ended.</summary>
    public long Peak { get; private set; }

    /// <summary>Answers of each key among the first half: while all keys still wanted more.</summary>
    public IReadOnlyList<int> Shares => [.. Enumerable.Range(0, keys).Select(key => _order.Take(Whole / 2).Count(k => k == key))];

    /// <summary>Refusals by code.</summary>
    public IReadOnlyDictionary<string, int> Refusals => _refusals;

    public void Answered(int key, ChatResponse answer)
    {
        Assert.NotEmpty(answer.Text);
        Assert.NotNull(answer.FinishReason);
        lock (_gate)
        {
            _order.Add(key);
            Cost += (long)answer.AdditionalProperties!["cocoon.cost"]!;
            Peak = Math.Max(Peak, GC.GetTotalMemory(forceFullCollection: false));
        }
    }

    public void Refused(CocoonException refusal)
    {
        string code = refusal.Code.Name();
        lock (_gate)
        {
            _refusals[code] = _refusals.GetValueOrDefault(code) + 1;
        }
    }
}
