using System.Globalization;
using System.Runtime.CompilerServices;
using CocoonP2P.Hosting;
using CocoonP2P.Jobs;
using CocoonP2P.Node.Http.Doors;
using CocoonP2P.Protocol;

namespace CocoonP2P.Node.Http;

/// <summary>The parts of one order, or of several one after another, their choices numbered through; what they cost is counted.</summary>
internal sealed class PartSource(INode node, IReadOnlyList<ChatOrder> orders, BudgetHold hold)
{
    /// <summary>Choices that a worker took and that have not ended, with their jobs.</summary>
    private readonly Dictionary<int, string> _open = [];

    public async IAsyncEnumerable<AnswerPart> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int before = 0;
        try
        {
            foreach (ChatOrder order in orders)
            {
                ChatOrder bounded = order with { Terms = order.Terms with { MaxCost = hold.Left } };
                await using IAsyncEnumerator<AnswerPart> parts = node.AskAsync(bounded, cancellationToken).GetAsyncEnumerator(cancellationToken);
                while (await NextAsync(parts))
                {
                    Count(parts.Current);
                    yield return before == 0 ? parts.Current : parts.Current with { Choice = parts.Current.Choice + before };
                }

                before += order.Choices;
            }
        }
        finally
        {
            // What a job cost that ended otherwise is not told: its lock is the most.
            foreach (string job in _open.Values)
            {
                hold.Spend(NanoTon.Min(hold.Left, Lock(job) ?? hold.Left));
            }
        }
    }

    private async ValueTask<bool> NextAsync(IAsyncEnumerator<AnswerPart> parts)
    {
        try
        {
            return await parts.MoveNextAsync();
        }
        catch (CocoonException e) when (e.Code == ErrorCode.NoWorker && hold.Binds && _open.Count == 0 && node.Models().Count > 0)
        {
            throw new BudgetException(
                $"the budget leaves {hold.Amount.Value} nanoton for this request, and no worker takes it for that",
                "raise the limits in the token's file and restart; or ask for fewer tokens")
            {
                Needed = hold.Wanted,
                Available = hold.Amount,
            };
        }
    }

    private void Count(AnswerPart part)
    {
        switch (part)
        {
            case AnswerPart.Accepted accepted:
                _open[part.Choice] = accepted.Job;
                break;
            case AnswerPart.Resumed resumed:
                _open[part.Choice] = resumed.Job;
                break;
            case AnswerPart.Finished end:
                _open.Remove(part.Choice);
                hold.Spend(end.Cost);
                break;
        }
    }

    private NanoTon? Lock(string job)
    {
        string? cap = node.Timeline.Of(job).SelectMany(step => step.Facts).LastOrDefault(fact => fact.Key == "cap_nanoton").Value;
        return ulong.TryParse(cap, NumberStyles.None, CultureInfo.InvariantCulture, out ulong amount) ? new NanoTon(amount) : null;
    }
}
