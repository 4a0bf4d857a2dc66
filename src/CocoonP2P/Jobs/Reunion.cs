using CocoonP2P.Capacity;
using CocoonP2P.Payments;
using CocoonP2P.Peers;
using CocoonP2P.Sessions;
using CocoonP2P.Ton;
using Microsoft.Extensions.Logging;

namespace CocoonP2P.Jobs;

/// <summary>Gives a client's channels a session with their workers again, so that they end by both signatures and not alone.</summary>
internal sealed class Reunion(Func<IReadOnlyList<CapacityOffer>> offers, WorkerLinks links, ChannelDirectory channels, ILogger log)
{
    /// <summary>Workers asked who they are: a channel whose worker is not among them is closed alone, later and no dearer.</summary>
    private const int MostAsked = 16;

    public async Task MeetAsync(CancellationToken cancellationToken)
    {
        // An offer does not say which key a worker signs states with; its evidence does.
        foreach (CapacityOffer offer in offers().Take(MostAsked))
        {
            if (channels.Speechless.Count == 0)
            {
                return;
            }

            try
            {
                WorkerLink link = await links.GetAsync(offer, cancellationToken);
                Bits256 key = new(link.Session.Evidence!.Claims.WorkerKey);
                foreach (ChannelEngine channel in channels.Speechless.Where(c => c.State.Settings.Terms.WorkerKey == key))
                {
                    await link.Payments.AttachAsync(channel, cancellationToken);
                }
            }
            catch (Exception e) when (e is SessionException or PeerUnreachableException or IOException)
            {
                JobLog.SessionRefused(log, e.GetType().Name, e.Message);
            }
        }
    }
}
