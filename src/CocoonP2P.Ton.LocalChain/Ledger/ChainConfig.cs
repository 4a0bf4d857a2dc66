namespace CocoonP2P.Ton.LocalChain.Ledger;

// _ config:(Hashmap 32 ^Cell) = ConfigParams;

/// <summary>Reads and changes the chain's configuration.</summary>
internal static class ChainConfig
{
    private const int GasPrices = 21, MasterGasPrices = 20, StoragePrices = 18, MasterForwardPrices = 24, ForwardPrices = 25;

    private static readonly HashmapOptions<int, Cell> Parameters = new(
        32,
        static (target, id) => target.StoreInt(id, 32),
        static source => (int)source.LoadInt(32),
        static (target, cell) => target.StoreRef(cell),
        static source => source.LoadRef());

    private static readonly HashmapOptions<uint, Cell> StorageTable = new(
        32,
        static (target, index) => target.StoreUint(index, 32),
        static source => (uint)source.LoadUint(32),
        static (target, entry) => target.StoreSlice(entry.BeginParse()),
        static source => Rest(source));

    /// <summary>One parameter; null when the configuration lacks it.</summary>
    public static Cell? Parameter(string configBase64, int id) =>
        HashmapE<int, Cell>.TryFind(BagOfCells.DecodeBase64(configBase64), Parameters, id, out Cell? value) ? value : null;

    /// <summary>The configuration with gas, forward and storage prices multiplied: what a price spike does.</summary>
    public static Cell WithPrices(string configBase64, ulong times)
    {
        HashmapE<int, Cell> all = HashmapE<int, Cell>.Parse(BagOfCells.DecodeBase64(configBase64), Parameters);
        Change(all, GasPrices, cell => Gas(cell, times));
        Change(all, MasterGasPrices, cell => Gas(cell, times));
        Change(all, ForwardPrices, cell => Multiplied(cell.BeginParse(), 8, 3, times));
        Change(all, MasterForwardPrices, cell => Multiplied(cell.BeginParse(), 8, 3, times));
        Change(all, StoragePrices, cell => Storage(cell, times));
        return all.ToCell()!;
    }

    private static void Change(HashmapE<int, Cell> all, int id, Func<Cell, Cell> change)
    {
        if (all.TryGet(id, out Cell? value))
        {
            all.Set(id, change(value));
        }
    }

    // gas_flat_pfx#d1 flat_gas_limit:uint64 flat_gas_price:uint64 other:gas_prices_ext#de gas_price:uint64 ... = GasLimitsPrices;
    private static Cell Gas(Cell cell, ulong times)
    {
        CellSlice slice = cell.BeginParse();
        return new CellBuilder()
            .StoreUint(slice.LoadUint(8), 8).StoreUint(slice.LoadUint(64), 64).StoreUint(slice.LoadUint(64) * times, 64)
            .StoreSlice(Multiplied(slice, 8, 1, times).BeginParse())
            .EndCell();
    }

    // _#cc utime_since:uint32 bit_price_ps:uint64 cell_price_ps:uint64 mc_bit_price_ps:uint64 mc_cell_price_ps:uint64
    private static Cell Storage(Cell cell, ulong times)
    {
        HashmapE<uint, Cell> table = HashmapE<uint, Cell>.Parse(cell, StorageTable);
        foreach (KeyValuePair<uint, Cell> entry in table.Entries.ToArray())
        {
            table.Set(entry.Key, Multiplied(entry.Value.BeginParse(), 8 + 32, 4, times));
        }

        return table.ToCell()!;
    }

    /// <summary>Keeps <paramref name="kept"/> bits, multiplies <paramref name="count"/> numbers of 64 bits, keeps the rest.</summary>
    private static Cell Multiplied(CellSlice slice, int kept, int count, ulong times)
    {
        CellBuilder changed = new CellBuilder().StoreUint(slice.LoadUint(kept), kept);
        for (int i = 0; i < count; i++)
        {
            changed.StoreUint(slice.LoadUint(64) * times, 64);
        }

        return changed.StoreSlice(slice).EndCell();
    }

    private static Cell Rest(CellSlice source)
    {
        Cell rest = source.ToCell();
        source.Skip(source.RemainingBits);
        return rest;
    }
}
