using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace CocoonP2P.Libp2p;

/// <summary>Accepts at one address and upgrades whoever may come in.</summary>
internal sealed class Listener(
    ITransportListener door, InboundAdmission admission, Upgrader upgrader, Libp2pLimits limits, TimeProvider time, TaskGroup tasks, ILogger log, Action<SecuredConnection> adopt)
    : IDisposable
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(100);

    public Multiaddress Address => door.Address;

    /// <summary>Until the door closes.</summary>
    public async Task AcceptAsync(CancellationToken ct)
    {
        while (true)
        {
            IRawConnection? raw;
            try
            {
                raw = await door.AcceptAsync(ct);
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                // Out of descriptors, or the remote gave up in between: neither closes the door, neither may spin.
                Log.AcceptFailed(log, Address, e);
                await Task.Delay(AfterFailure, time, ct);
                continue;
            }

            if (raw is null)
            {
                return;
            }

            if (!tasks.TryRun(c => UpgradeAsync(raw, c)))
            {
                raw.Dispose();
            }
        }
    }

    public void Dispose() => door.Dispose();

    private async Task UpgradeAsync(IRawConnection raw, CancellationToken ct)
    {
        try
        {
            using IDisposable lease = admission.Admit(raw.RemoteAddress);
            await upgrader.GateAsync(new GateRequest(GateStage.Accept, Direction.Inbound, null, raw.RemoteAddress), ct);
            adopt(await Deadline.RunAsync(
                time, limits.InboundUpgrade, "inbound upgrade", c => upgrader.UpgradeAsync(raw, Direction.Inbound, null, c), ct));
        }
        catch (Exception e)
        {
            // Strangers fail all the time: it is their connection that ends, not the listener.
            raw.Dispose();
            Log.InboundFailed(log, raw.RemoteAddress, e);
        }
    }
}
