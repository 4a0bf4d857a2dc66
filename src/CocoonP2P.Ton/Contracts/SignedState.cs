using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Ton.Contracts;

// signed$_ seq:uint64 cumulative:Coins roots:^Roots client_sig:^bits512 worker_sig:^bits512 = SignedState;

/// <summary>A state that either party, or anyone it is given to, can take to the chain.</summary>
/// <param name="Seq">Its number, rising by one with each state.</param>
/// <param name="Cumulative">All that is owed since the epoch began.</param>
/// <param name="Roots">Open locks and finished jobs.</param>
/// <param name="ClientSignature">64 bytes over the <see cref="StateBody"/>.</param>
/// <param name="WorkerSignature">64 bytes over the same.</param>
internal sealed record SignedState(
    ulong Seq, Coins Cumulative, ChannelRoots Roots, byte[] ClientSignature, byte[] WorkerSignature)
{
    public StateBody BodyIn(ChannelScope scope) => new(scope, Seq, Cumulative, Roots);

    /// <summary>Whether both signatures are good for this channel's terms in this epoch.</summary>
    public bool IsSignedByBoth(ChannelTerms terms, ulong epoch)
    {
        Cell body = BodyIn(ChannelScope.Of(terms, epoch)).ToCell();
        return StrictEd25519.Verify(terms.ClientKey, body, ClientSignature)
            && StrictEd25519.Verify(terms.WorkerKey, body, WorkerSignature);
    }

    public Cell ToCell() => new CellBuilder()
        .StoreUint(Seq, 64)
        .StoreCoins(Cumulative)
        .StoreRef(Roots.ToCell())
        .StoreRef(SignatureCell.Store(ClientSignature))
        .StoreRef(SignatureCell.Store(WorkerSignature))
        .EndCell();

    public static bool TryParse(Cell cell, [NotNullWhen(true)] out SignedState? state)
    {
        state = null;
        CellSlice slice = cell.BeginParse();
        if (!(slice.TryLoadUint(64, out ulong seq) & slice.TryLoadCoins(out Coins cumulative))
            || !slice.TryLoadRef(out Cell? rootsCell) || !ChannelRoots.TryParse(rootsCell, out ChannelRoots roots)
            || !slice.TryLoadRef(out Cell? client) || !SignatureCell.TryLoad(client, out byte[]? clientSignature)
            || !slice.TryLoadRef(out Cell? worker) || !SignatureCell.TryLoad(worker, out byte[]? workerSignature)
            || !slice.IsEmpty || cell.IsExotic)
        {
            return false;
        }

        state = new SignedState(seq, cumulative, roots, clientSignature, workerSignature);
        return true;
    }
}
