using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Ton.Contracts;

// channel$_ status:uint2 extensions:uint2 epoch:uint64 deposit:Coins paid:Coins owed:Coins seq:uint64 close_at:uint32
//           roots:^Roots terms:^Terms = JobChannel;

/// <summary>Where a channel stands on chain.</summary>
internal enum ChannelStatus
{
    /// <summary>Deployed or not, but never funded.</summary>
    New = 0,

    /// <summary>Takes deposits and settlements.</summary>
    Open = 1,

    /// <summary>Counts down to its end.</summary>
    Closing = 2,
}

/// <summary>A channel's storage, read from the account's own data cell and not from a get-method.</summary>
/// <param name="Status">The stage.</param>
/// <param name="Extensions">How often the close was put off, 0 to 2.</param>
/// <param name="Epoch">The logical time of the first deposit; in every signed body. Zero while new.</param>
/// <param name="Deposit">All that may ever be paid, reserve left out.</param>
/// <param name="Paid">What settlements have paid.</param>
/// <param name="Owed">While closing: what the end will have paid in all.</param>
/// <param name="Seq">The number of the newest state the contract has seen.</param>
/// <param name="CloseAt">While closing: unix seconds of the end of challenges.</param>
/// <param name="Roots">What that state committed to.</param>
/// <param name="Terms">What the address is the hash of.</param>
internal sealed record ChannelData(
    ChannelStatus Status,
    int Extensions,
    ulong Epoch,
    Coins Deposit,
    Coins Paid,
    Coins Owed,
    ulong Seq,
    uint CloseAt,
    ChannelRoots Roots,
    ChannelTerms Terms)
{
    public static ChannelData Initial(ChannelTerms terms) =>
        new(ChannelStatus.New, 0, 0, Coins.Zero, Coins.Zero, Coins.Zero, 0, 0, default, terms);

    public Cell ToCell() => new CellBuilder()
        .StoreUint((ulong)Status, 2)
        .StoreUint((ulong)Extensions, 2)
        .StoreUint(Epoch, 64)
        .StoreCoins(Deposit)
        .StoreCoins(Paid)
        .StoreCoins(Owed)
        .StoreUint(Seq, 64)
        .StoreUint(CloseAt, 32)
        .StoreRef(Roots.ToCell())
        .StoreRef(Terms.ToCell())
        .EndCell();

    public static bool TryParse(Cell cell, [NotNullWhen(true)] out ChannelData? data)
    {
        data = null;
        CellSlice slice = cell.BeginParse();
        bool read = slice.TryLoadUint(2, out ulong status)
            & slice.TryLoadUint(2, out ulong extensions)
            & slice.TryLoadUint(64, out ulong epoch)
            & slice.TryLoadCoins(out Coins deposit)
            & slice.TryLoadCoins(out Coins paid)
            & slice.TryLoadCoins(out Coins owed)
            & slice.TryLoadUint(64, out ulong seq)
            & slice.TryLoadUint(32, out ulong closeAt);
        if (!read || status > (ulong)ChannelStatus.Closing || cell.IsExotic
            || !slice.TryLoadRef(out Cell? rootsCell) || !slice.TryLoadRef(out Cell? termsCell) || !slice.IsEmpty
            || !ChannelRoots.TryParse(rootsCell, out ChannelRoots roots)
            || !ChannelTerms.TryParse(termsCell, out ChannelTerms? terms))
        {
            return false;
        }

        data = new ChannelData(
            (ChannelStatus)status, (int)extensions, epoch, deposit, paid, owed, seq, (uint)closeAt, roots, terms);
        return true;
    }
}
