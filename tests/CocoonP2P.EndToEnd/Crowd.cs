using Microsoft.Extensions.AI;

namespace CocoonP2P.EndToEnd;

/// <summary>What became of many users' requests, counted as they end.</summary>
/// <param name="users">How many there are.</param>
/// <param name="keys">Among how many keys they are spread evenly.</param>
internal sealed class Crowd(int users, int keys)
{
    private readonly Lock _gate = new();
    private readonly int[] _answered = new int[keys];
    private readonly SortedDictionary<string, int> _refusals = [];

    /// <summary>Whole answers.</summary>
    public int Whole { get; private set; }

    /// <summary>What they cost, nanoton.</summary>
    public long Cost { get; private set; }

    /// <summary>The largest heap seen when an answer ended.</summary>
    public long Peak { get; private set; }

    /// <summary>Answers of each key when half of the users had theirs: while all keys still wanted more.</summary>
    public IReadOnlyList<int> Shares { get; private set; } = [];

    /// <summary>Refusals by code.</summary>
    public IReadOnlyDictionary<string, int> Refusals => _refusals;

    public void Answered(int key, ChatResponse answer)
    {
        Assert.NotEmpty(answer.Text);
        Assert.NotNull(answer.FinishReason);
        lock (_gate)
        {
            Whole++;
            Cost += (long)answer.AdditionalProperties!["cocoon.cost"]!;
            Peak = Math.Max(Peak, GC.GetTotalMemory(forceFullCollection: false));
            _answered[key]++;
            if (Whole == users / 2)
            {
                Shares = [.. _answered];
            }
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
