using CocoonP2P.Capacity;

namespace CocoonP2P.Jobs;

/// <summary>A worker taken for one attempt. Dispose it when the attempt is over: somebody may wait for the slot.</summary>
/// <param name="choice">Which.</param>
/// <param name="ticket">Tells the market what comes of it.</param>
/// <param name="freed">Called once, after the market has the slot back.</param>
internal sealed class Place(Choice choice, MarketTicket ticket, Action freed) : IDisposable
{
    private bool _over;

    public Choice Choice => choice;

    public MarketTicket Ticket => ticket;

    public void Dispose()
    {
        if (!_over)
        {
            _over = true;
            ticket.Dispose();
            freed();
        }
    }
}
