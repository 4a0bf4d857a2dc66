using CocoonP2P.Telemetry;
using Microsoft.Extensions.Logging;

namespace CocoonP2P.Jobs;

/// <summary>What a client's orders work with.</summary>
/// <param name="Settings">What it allows itself.</param>
/// <param name="Desk">Finds a worker for each attempt.</param>
/// <param name="Links">Sessions.</param>
/// <param name="Channels">Money.</param>
/// <param name="Receipts">Proof.</param>
/// <param name="DropOffer">Forgets a worker that could not be reached.</param>
/// <param name="Timeline">Steps as they happen.</param>
/// <param name="Time">For every wait.</param>
/// <param name="Log">Ids and codes.</param>
internal sealed record ClientParts(
    ClientSettings Settings, PlaceDesk Desk, WorkerLinks Links, ClientChannels Channels, ReceiptBook Receipts,
    Action<ReadOnlyMemory<byte>> DropOffer, Timeline Timeline, TimeProvider Time, ILogger Log);
