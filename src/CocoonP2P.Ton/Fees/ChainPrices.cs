using System.Diagnostics.CodeAnalysis;

namespace CocoonP2P.Ton;

// gas_flat_pfx#d1 flat_gas_limit:uint64 flat_gas_price:uint64 other:(gas_prices#dd / gas_prices_ext#de gas_price:uint64 ...)
// msg_forward_prices#ea lump_price:uint64 bit_price:uint64 cell_price:uint64 ihr_price_factor:uint32 first_frac:uint16 ...
// _#cc utime_since:uint32 bit_price_ps:uint64 cell_price_ps:uint64 mc_bit_price_ps:uint64 mc_cell_price_ps:uint64 = StoragePrices;

/// <summary>What things cost in workchain 0, from the chain's configuration. Prices of gas, bits and cells are in 1/65,536
/// nanoton, the lump and the flat price in nanoton. Every fee is rounded up.</summary>
/// <param name="GasPrice">A unit of gas.</param>
/// <param name="FlatGasLimit">Gas units that the flat price covers.</param>
/// <param name="FlatGasPrice">The flat price.</param>
/// <param name="LumpPrice">Each message that is sent.</param>
/// <param name="BitPrice">Each bit of it outside its root cell.</param>
/// <param name="CellPrice">Each cell of it but the root.</param>
/// <param name="StorageBitPrice">A bit stored for a second.</param>
/// <param name="StorageCellPrice">A cell stored for a second.</param>
internal sealed record ChainPrices(
    ulong GasPrice,
    ulong FlatGasLimit,
    ulong FlatGasPrice,
    ulong LumpPrice,
    ulong BitPrice,
    ulong CellPrice,
    ulong StorageBitPrice,
    ulong StorageCellPrice)
{
    /// <summary>The numbers of the parameters that <see cref="TryParse"/> reads.</summary>
    public const int StorageParameter = 18;
    public const int GasParameter = 21;
    public const int ForwardParameter = 25;

    private static readonly HashmapOptions<ulong, (ulong Bit, ulong Cell)> Storage = new(
        32,
        static (target, key) => target.StoreUint(key, 32),
        static source => source.LoadUint(32),
        static (_, _) => throw new NotSupportedException("Prices are read only."),
        static source =>
        {
            source.Skip(8 + 32);
            (ulong Bit, ulong Cell) price = (source.LoadUint(64), source.LoadUint(64));
            source.Skip(128);
            return price;
        });

    /// <summary>Reads the three parameters; the newest of the storage prices counts.</summary>
    public static bool TryParse(Cell storage, Cell gas, Cell forward, [NotNullWhen(true)] out ChainPrices? prices)
    {
        prices = null;
        CellSlice gasSlice = gas.BeginParse();
        bool read = gasSlice.TryLoadUint(8, out ulong flatTag)
            & gasSlice.TryLoadUint(64, out ulong flatLimit)
            & gasSlice.TryLoadUint(64, out ulong flatPrice)
            & gasSlice.TryLoadUint(8, out ulong gasTag)
            & gasSlice.TryLoadUint(64, out ulong gasPrice);
        CellSlice forwardSlice = forward.BeginParse();
        read = read & forwardSlice.TryLoadUint(8, out ulong forwardTag)
            & forwardSlice.TryLoadUint(64, out ulong lump)
            & forwardSlice.TryLoadUint(64, out ulong bit)
            & forwardSlice.TryLoadUint(64, out ulong cell);
        if (!read || flatTag != 0xD1 || gasTag is not (0xDD or 0xDE) || forwardTag != 0xEA
            || !HashmapE<ulong, (ulong Bit, ulong Cell)>.TryParse(storage, Storage, out HashmapE<ulong, (ulong Bit, ulong Cell)>? periods)
            || periods.Count == 0)
        {
            return false;
        }

        (ulong Bit, ulong Cell) newest = periods.Entries.Last().Value;
        prices = new ChainPrices(gasPrice, flatLimit, flatPrice, lump, bit, cell, newest.Bit, newest.Cell);
        return true;
    }

    /// <summary>The price of gas.</summary>
    public Coins GasFee(ulong gas) => gas <= FlatGasLimit
        ? new Coins(FlatGasPrice)
        : new Coins(FlatGasPrice + Ceiling((UInt128)(gas - FlatGasLimit) * GasPrice));

    /// <summary>The price of sending a message with so much outside its root cell.</summary>
    public Coins ForwardFee(ulong bits, ulong cells) =>
        new(LumpPrice + Ceiling(((UInt128)bits * BitPrice) + ((UInt128)cells * CellPrice)));

    /// <summary>The price of keeping bits and cells.</summary>
    public Coins Rent(ulong bits, ulong cells, TimeSpan duration) => new(Ceiling(
        (((UInt128)bits * StorageBitPrice) + ((UInt128)cells * StorageCellPrice)) * (ulong)Math.Ceiling(duration.TotalSeconds)));

    private static UInt128 Ceiling(UInt128 fraction) => (fraction + 0xFFFF) >> 16;
}
